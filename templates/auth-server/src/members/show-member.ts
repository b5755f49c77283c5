import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import { type MemberRow, memberRows, toMember } from './member-view.ts'

/** One member with role and profile, inside a transaction. @throws Problem `not_found` */
export async function showMember(trx: Knex.Transaction, organizationId: string, userId: string) {
  const [row] = (await memberRows(trx, organizationId, (memberships) =>
    memberships.where('m.user_id', userId),
  )) as MemberRow[]
  if (!row) throw new Problem('not_found')
  return toMember(row)
}
