import type { Knex } from 'knex'

export async function countDepartments(
  trx: Knex.Transaction,
  organizationId: string,
): Promise<number> {
  const row = await trx('departments')
    .where('tenant_id', organizationId)
    .count('* as count')
    .first()
  return Number(row?.count)
}
