import { z } from 'zod'
import { checkPasswordRules } from '../auth/check-password-rules.ts'
import { createUser } from '../auth/create-user.ts'
import { findUserByEmail } from '../auth/find-user.ts'
import { emailInput, nameInput, passwordInput } from '../auth/inputs.ts'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireUserRow } from './find-user.ts'
import { modeQuery } from './mode-query.ts'
import { operatorUserShape, toOperatorUser } from './operator-user-view.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

export const createUserAction = defineAction<OperatorContext>()({
  id: 'operatorCreateUser',
  summary: 'Make a person; without a password they set one by a reset link',
  query: modeQuery,
  body: z.strictObject({
    email: emailInput,
    password: passwordInput.optional(),
    firstName: nameInput.optional(),
    lastName: nameInput.optional(),
    emailVerified: z.boolean().optional(),
  }),
  status: 201,
  output: operatorUserShape,
  async run(context, { body }) {
    const { services, mode } = context
    if (body.password !== undefined) checkPasswordRules(services.settings, body.password)
    const known = await findUserByEmail(services.db, mode, body.email)
    if (known && known.state !== 'pending') {
      throw new Problem('conflict', { detail: 'There is a person with this address.' })
    }
    const { emailVerified = false, ...person } = body
    const userId = await createUser(
      { ...context, key: null, origin: null },
      { ...person, fields: {} },
      { known, isVerified: emailVerified },
    )
    await recordOperatorEvent(context, 'user.created', {}, userId)
    return toOperatorUser(await requireUserRow(context, userId))
  },
})
