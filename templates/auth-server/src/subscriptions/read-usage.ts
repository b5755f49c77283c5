import type { Knex } from 'knex'
import { countMembers } from './count-members.ts'
import type { LimitName } from './entitlements.ts'

export type Usage = Record<LimitName, number>

/** What of each limit is in use now, counted as the limits count it. */
export async function readUsage(trx: Knex.Transaction, organizationId: string): Promise<Usage> {
  const { rows } = (await trx.raw(
    `select
       (select count(*) from monthly_active_users where tenant_id = :id
          and month = date_trunc('month', now() at time zone 'utc')::date) as "monthlyActiveUsers"`,
    { id: organizationId },
  )) as { rows: [Record<string, string>] }
  return {
    monthlyActiveUsers: Number(rows[0].monthlyActiveUsers),
    members: await countMembers(trx, organizationId),
    customRoles: 0,
    domains: 0,
    departments: 0,
    apiKeys: 0,
  }
}
