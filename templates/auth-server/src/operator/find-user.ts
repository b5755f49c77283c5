import { z } from 'zod'
import { findUserByEmail, findUserById } from '../auth/find-user.ts'
import type { UserRow } from '../auth/user-view.ts'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'

export const userParams = z.object({ idOrEmail: z.string().min(1).max(254) })

/** The person by id or address; 404 when there is none. */
export async function requireUserRow(
  { services, mode }: OperatorContext,
  idOrEmail: string,
): Promise<UserRow> {
  const user = z.uuid().safeParse(idOrEmail).success
    ? await findUserById(services.db, mode, idOrEmail)
    : await findUserByEmail(services.db, mode, idOrEmail)
  if (!user) throw new Problem('not_found')
  return user
}
