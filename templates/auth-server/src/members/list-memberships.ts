import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import {
  type Membership,
  type MembershipRow,
  membershipColumns,
  toMembership,
} from './membership.ts'

/** Every active organization of a person, the oldest first. */
export async function listMemberships(
  { db, settings }: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  userId: string,
): Promise<Membership[]> {
  const { rows } = (await db
    .hubQuery(mode)
    .raw(`select ${membershipColumns} from definer.memberships_now(?)`, [userId])) as {
    rows: MembershipRow[]
  }
  return rows.map((row) => toMembership(settings, row))
}
