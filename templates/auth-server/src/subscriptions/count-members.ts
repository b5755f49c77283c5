import type { Knex } from 'knex'

/** Places of the limit `members` that are taken: members, and invitations that can be accepted. */
export async function countMembers(trx: Knex.Transaction, organizationId: string): Promise<number> {
  const { rows } = (await trx.raw(
    `select (select count(*) from memberships where tenant_id = :id)
          + (select count(*) from invitations
             where tenant_id = :id and status = 'pending' and expires_at > now()) as taken`,
    { id: organizationId },
  )) as { rows: { taken: string }[] }
  return Number(rows[0]?.taken)
}
