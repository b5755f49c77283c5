import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import {
  type Membership,
  type MembershipRow,
  membershipColumns,
  toMembership,
} from './membership.ts'

/** The person's membership, or null for a stranger, an absent and an inactive organization alike. */
export async function findMembership(
  { db, settings }: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  userId: string,
  organizationId: string,
): Promise<Membership | null> {
  const { rows } = (await db
    .hubQuery(mode)
    .raw(`select ${membershipColumns} from definer.membership_now(?, ?)`, [
      userId,
      organizationId,
    ])) as {
    rows: MembershipRow[]
  }
  return rows[0] ? toMembership(settings, rows[0]) : null
}
