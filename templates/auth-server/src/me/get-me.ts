import { toUser, USER_COLUMNS, type UserRow, userSchema } from '../auth/user-view.ts'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** The signed-in person. */
export const getMe = defineAction<UserContext>()({
  id: 'getMe',
  summary: 'Get my profile',
  output: userSchema,
  async run({ services, mode, userId }) {
    const row = (await services.db
      .hubQuery(mode)('users')
      .where({ id: userId, state: 'active' })
      .first(USER_COLUMNS)) as UserRow | undefined
    if (!row) throw new Problem('session_revoked')
    return toUser(row)
  },
})
