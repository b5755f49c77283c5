import type { Knex } from 'knex'
import { countCustomRoles } from '../roles/count-custom-roles.ts'
import { countMembers } from './count-members.ts'
import type { LimitName } from './entitlements.ts'

export type Usage = Record<LimitName, number>

/** What of each limit is in use now, counted as the limits count it. */
export async function readUsage(trx: Knex.Transaction, organizationId: string): Promise<Usage> {
  const { rows } = (await trx.raw(
    `select
       (select count(*) from monthly_active_users where tenant_id = :id
          and month = date_trunc('month', now() at time zone 'utc')::date) as people,
       (select count(*) from organization_domains where tenant_id = :id
          and (status = 'verified' or expires_at > now())) as domains,
       (select count(*) from departments where tenant_id = :id) as departments,
       (select count(*) from machine_keys where tenant_id = :id and revoked_at is null
          and replaced_by is null and (expires_at is null or expires_at > now())) as keys`,
    { id: organizationId },
  )) as { rows: [Record<'people' | 'domains' | 'departments' | 'keys', string>] }
  return {
    monthlyActiveUsers: Number(rows[0].people),
    members: await countMembers(trx, organizationId),
    customRoles: await countCustomRoles(trx, organizationId),
    domains: Number(rows[0].domains),
    departments: Number(rows[0].departments),
    apiKeys: Number(rows[0].keys),
  }
}
