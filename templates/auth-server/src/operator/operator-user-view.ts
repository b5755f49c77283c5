import { z } from 'zod'
import { toUser, type UserRow, userSchema } from '../auth/user-view.ts'

export const operatorUserShape = userSchema.extend({
  state: z.enum(['pending', 'active', 'disabled']),
})

export const toOperatorUser = (row: UserRow) => ({ ...toUser(row), state: row.state })
