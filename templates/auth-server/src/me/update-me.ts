import { z } from 'zod'
import { nameInput } from '../auth/inputs.ts'
import { parseSignupFields } from '../auth/parse-signup-fields.ts'
import { recordHubEvent } from '../auth/record-hub-event.ts'
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
  async run(context, { body }) {
    const { services, mode, userId } = context
    const fields = body.fields ? parseSignupFields(services.settings, body.fields, true) : undefined
    return services.db.hub(mode, async (trx) => {
      const rows = await trx('users')
        .where({ id: userId, state: 'active' })
        .update({
          ...(body.firstName !== undefined ? { first_name: body.firstName } : {}),
          ...(body.lastName !== undefined ? { last_name: body.lastName } : {}),
          // Merged in the database: two changes of different fields at once both stay.
          ...(fields ? { fields: trx.raw('fields || ?::jsonb', [JSON.stringify(fields)]) } : {}),
          updated_at: trx.fn.now(),
        })
        .returning(USER_COLUMNS)
      const row = rows[0] as UserRow | undefined
      if (!row) throw new Problem('session_revoked')
      // Which, and never what: the trail outlives the person's wish to be forgotten.
      await recordHubEvent(trx, context, 'profile.updated', userId, { changed: Object.keys(body) })
      return toUser(row)
    })
  },
})
