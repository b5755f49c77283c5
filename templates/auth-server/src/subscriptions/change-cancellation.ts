import { byUser } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { requireStripe } from './require-stripe.ts'
import { describeSubscription } from './show-subscription.ts'
import { findSubscription, isLive } from './subscription-row.ts'
import { syncSubscription } from './sync-subscription.ts'

/** Ends the subscription with its period, or takes that back; 409 when there is none that runs. */
export async function changeCancellation(context: MemberContext, isOn: boolean) {
  const services = requireStripe(context.services)
  const { mode, organizationId } = context
  const row = await services.db.tenantTransaction(mode, organizationId, (trx) =>
    findSubscription(trx, organizationId),
  )
  if (!row?.subscription_id || !isLive(row)) {
    throw new Problem('conflict', { detail: 'There is no subscription that runs.' })
  }
  await services.stripe.setCancelAtPeriodEnd(mode, row.subscription_id, isOn)
  await syncSubscription(services, mode, organizationId, { by: byUser(context) })
  return describeSubscription(context)
}
