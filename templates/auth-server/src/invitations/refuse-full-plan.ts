import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'

/**
 * Throws 409 `limit_reached` unless the plan has a place left. Pending invitations count: otherwise
 * forty could be sent for the last place. The caller holds the organization's lock.
 */
export async function refuseFullPlan(
  trx: Knex.Transaction,
  organizationId: string,
  settings: Pick<Settings, 'plans'>,
  planId: string,
): Promise<void> {
  // A plan that left the settings limits like the first one, not like none at all.
  const plan = settings.plans.find((one) => one.id === planId) ?? settings.plans[0]
  const membersMax = plan?.limits.members
  if (membersMax === undefined) return
  const { rows } = (await trx.raw(
    `select (select count(*) from memberships where tenant_id = :id)
          + (select count(*) from invitations
             where tenant_id = :id and status = 'pending' and expires_at > now()) as taken`,
    { id: organizationId },
  )) as { rows: { taken: string }[] }
  if (Number(rows[0]?.taken) >= membersMax) {
    throw new Problem('limit_reached', {
      detail: `The plan allows ${membersMax} members, counting pending invitations.`,
    })
  }
}
