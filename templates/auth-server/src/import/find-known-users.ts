import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { KnownUser } from './plan-import.ts'

/** The people who have one of these (lower-case) addresses, by address. */
export async function findKnownUsers(
  db: Database,
  mode: Mode,
  emails: string[],
): Promise<Map<string, KnownUser>> {
  const rows = (await db
    .hubQuery(mode)('users')
    .whereIn('email', emails)
    .select('id', 'email', 'state', 'email_verified_at', 'password_version')) as KnownUser[]
  return new Map(rows.map((row) => [row.email, row]))
}
