import type { Knex } from 'knex'
import type { Settings } from '../settings.ts'
import { countMembers } from '../subscriptions/count-members.ts'
import { refuseOverLimit } from '../subscriptions/refuse-over-limit.ts'

/**
 * Throws 409 `limit_reached` unless the plan has a place left. Pending invitations count: otherwise
 * forty could be sent for the last place. The caller holds the organization's lock.
 */
export async function refuseFullPlan(
  trx: Knex.Transaction,
  organizationId: string,
  settings: Pick<Settings, 'plans'>,
): Promise<void> {
  const taken = await countMembers(trx, organizationId)
  await refuseOverLimit(settings, trx, organizationId, 'members', taken)
}
