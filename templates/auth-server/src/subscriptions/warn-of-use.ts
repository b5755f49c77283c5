import type { Knex } from 'knex'
import { recordEvent } from '../audit/record-event.ts'
import type { Services } from '../services.ts'
import type { LimitName } from './entitlements.ts'
import { mailBillingHolders } from './mail-billing-holders.ts'

/** The highest first: who jumps over 80 and 100 at once is told of 100. */
const STEPS = [100, 80]

/** Tells those who pay, once a month and step, that a limit is nearly or wholly used. */
export async function warnOfUse(
  services: Pick<Services, 'masterKey' | 'settings'>,
  trx: Knex.Transaction,
  organization: { id: string; name: string },
  use: { month: string; limit: LimitName; used: number; max: number },
): Promise<void> {
  const { month, limit, used, max } = use
  const percent = STEPS.find((step) => used * 100 >= max * step)
  if (percent === undefined) return
  const added = await trx('usage_warnings')
    .insert({ tenant_id: organization.id, month, limit_name: limit, percent })
    .onConflict()
    .ignore()
    .returning('percent')
  if (added.length === 0) return
  await mailBillingHolders(services, trx, organization.id, 'usage-warning', {
    organizationName: organization.name,
    limit,
    used,
    max,
  })
  await recordEvent(trx, organization.id, {
    action: 'usage.warned',
    actor: { kind: 'system', id: null },
    data: { limit, percent, used, max },
  })
}
