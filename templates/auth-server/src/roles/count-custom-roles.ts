import type { Knex } from 'knex'

/** Roles of the organization's own: those that list their permissions themselves. */
export async function countCustomRoles(
  trx: Knex.Transaction,
  organizationId: string,
): Promise<number> {
  const row = await trx('roles')
    .where('tenant_id', organizationId)
    .whereNotNull('permissions')
    .count('* as count')
    .first()
  return Number(row?.count)
}
