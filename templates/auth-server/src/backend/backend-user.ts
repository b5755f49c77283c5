import { z } from 'zod'
import { findUserById } from '../auth/find-user.ts'
import { toUser, type UserRow, userSchema } from '../auth/user-view.ts'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'

export const backendUserShape = userSchema.extend({
  /** `disabled`: suspended, signs in nowhere. `pending`: a sign-up that is under way. */
  state: z.enum(['pending', 'active', 'disabled']),
})

export const toBackendUser = (row: UserRow) => ({ ...toUser(row), state: row.state })

export const userIdParams = z.object({ userId: z.uuid() })

/** @throws Problem `not_found` */
export async function requireBackendUser(
  { services, mode }: Pick<SecretContext, 'services' | 'mode'>,
  userId: string,
): Promise<UserRow> {
  const user = await findUserById(services.db, mode, userId)
  if (!user) throw new Problem('not_found')
  return user
}
