import { z } from 'zod'
import { nameInput } from '../auth/inputs.ts'
import { parseSignupFields } from '../auth/parse-signup-fields.ts'
import { toUser, USER_COLUMNS, type UserRow, userSchema } from '../auth/user-view.ts'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** Changes names and the project's own fields; what is left out stays, null clears a name. */
export const updateMe = defineAction<UserContext>()({
  id: 'updateMe',
  summary: 'Change my profile',
  body: z.strictObject({
    firstName: nameInput.nullable().optional(),
    lastName: nameInput.nullable().optional(),
    fields: z.record(z.string(), z.unknown()).optional(),
  }),
  output: userSchema,
  async run({ services, mode, userId }, { body }) {
    const hub = services.db.hubQuery(mode)
    const fields = body.fields ? parseSignupFields(services.settings, body.fields, true) : undefined
    const rows = await hub('users')
      .where({ id: userId, state: 'active' })
      .update({
        ...(body.firstName !== undefined ? { first_name: body.firstName } : {}),
        ...(body.lastName !== undefined ? { last_name: body.lastName } : {}),
        // Merged in the database: two changes of different fields at once both stay.
        ...(fields ? { fields: hub.raw('fields || ?::jsonb', [JSON.stringify(fields)]) } : {}),
        updated_at: hub.fn.now(),
      })
      .returning(USER_COLUMNS)
    const row = rows[0] as UserRow | undefined
    if (!row) throw new Problem('session_revoked')
    return toUser(row)
  },
})
