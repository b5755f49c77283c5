import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import { USER_COLUMNS, type UserRow } from './user-view.ts'

/** The person with this address (any case), in whatever state, or null. */
export async function findUserByEmail(
  db: Database,
  mode: Mode,
  email: string,
): Promise<UserRow | null> {
  const row = await db
    .hubQuery(mode)('users')
    .where({ email: email.toLowerCase() })
    .first(...USER_COLUMNS)
  return (row as UserRow | undefined) ?? null
}

export async function findUserById(db: Database, mode: Mode, id: string): Promise<UserRow | null> {
  const row = await db
    .hubQuery(mode)('users')
    .where({ id })
    .first(...USER_COLUMNS)
  return (row as UserRow | undefined) ?? null
}
