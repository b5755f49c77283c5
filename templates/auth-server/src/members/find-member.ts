import type { Knex } from 'knex'
import { Problem } from '../errors.ts'

export interface FoundMember {
  userId: string
  status: 'active' | 'suspended'
  role: { id: string; slug: string; permissions: string[] | null }
}

/** A member of the organization inside a transaction, suspended or not; null when there is none. */
export async function findMember(
  trx: Knex.Transaction,
  organizationId: string,
  userId: string,
): Promise<FoundMember | null> {
  const row = await trx('memberships as m')
    .join('roles as r', (join) => join.on('r.tenant_id', 'm.tenant_id').andOn('r.id', 'm.role_id'))
    .where({ 'm.tenant_id': organizationId, 'm.user_id': userId })
    .select('m.status', 'r.id', 'r.slug', 'r.permissions')
    .first()
  if (!row) return null
  const { id, slug, permissions } = row
  return { userId, status: row.status, role: { id, slug, permissions } }
}

/**
 * Throws 409 when the member is the only active owner. The caller holds the organization's lock, so
 * two owners who leave at the same moment cannot both be told that the other is still there.
 */
export async function refuseLastOwner(
  trx: Knex.Transaction,
  organizationId: string,
  member: FoundMember,
): Promise<void> {
  if (member.role.slug !== 'owner') return
  const others = await trx('memberships')
    .where({ tenant_id: organizationId, role_id: member.role.id, status: 'active' })
    .whereNot('user_id', member.userId)
    .select('user_id')
    .first()
  if (!others) {
    throw new Problem('last_owner', {
      detail: 'An organization keeps at least one owner. Make somebody else an owner first.',
    })
  }
}
