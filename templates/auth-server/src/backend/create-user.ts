import { z } from 'zod'
import { checkPasswordRules } from '../auth/check-password-rules.ts'
import { createUser } from '../auth/create-user.ts'
import { findUserByEmail } from '../auth/find-user.ts'
import { emailInput, nameInput, passwordInput } from '../auth/inputs.ts'
import { parseSignupFields } from '../auth/parse-signup-fields.ts'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { backendUserShape, requireBackendUser, toBackendUser } from './backend-user.ts'

export const createBackendUser = defineAction<SecretContext>()({
  id: 'backendCreateUser',
  summary: 'Make a person; without a password they set one by a reset link',
  problems: ['conflict', 'invalid_password'],
  body: z.strictObject({
    email: emailInput,
    password: passwordInput.optional(),
    firstName: nameInput.optional(),
    lastName: nameInput.optional(),
    fields: z.record(z.string(), z.unknown()).optional(),
    /** True when the backend knows that the address is theirs; else they get a link. */
    emailVerified: z.boolean().optional(),
  }),
  status: 201,
  output: backendUserShape,
  idempotent: true,
  async run(context, { body }) {
    const { services, mode } = context
    const { emailVerified = false, fields, ...person } = body
    if (person.password !== undefined) checkPasswordRules(services.settings, person.password)
    const own = parseSignupFields(services.settings, fields, true)
    const known = await findUserByEmail(services.db, mode, person.email)
    if (known && known.state !== 'pending') {
      throw new Problem('conflict', { detail: 'There is a person with this address.' })
    }
    const userId = await createUser(
      { ...context, origin: null },
      { ...person, fields: own },
      { known, isVerified: emailVerified },
    )
    return toBackendUser(await requireBackendUser(context, userId))
  },
})
