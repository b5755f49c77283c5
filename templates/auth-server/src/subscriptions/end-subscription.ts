import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { findSubscription } from './subscription-row.ts'
import { syncSubscription } from './sync-subscription.ts'

/**
 * Ends at once what an organization pays, because it is being deleted: nobody is charged for what they
 * cannot use. Doing it again does nothing; without billing there is nothing to do. Throws while Stripe
 * is away, so that whoever deletes comes back to it.
 */
export async function endSubscription(
  services: Pick<Services, 'db' | 'settings' | 'masterKey' | 'log' | 'stripe'>,
  mode: Mode,
  organizationId: string,
): Promise<void> {
  const { db, stripe } = services
  if (!stripe) return
  const row = await db.tenantTransaction(mode, organizationId, (trx) =>
    findSubscription(trx, organizationId),
  )
  if (!row) return
  // An open payment page would start another one.
  if (row.checkout_id) await stripe.expireCheckout(mode, row.checkout_id)
  const subscriptions = row.customer_id ? await stripe.listSubscriptions(mode, row.customer_id) : []
  for (const { id, status } of subscriptions) {
    if (!/^(canceled|incomplete_expired)$/.test(status)) await stripe.cancelNow(mode, id)
  }
  await syncSubscription({ ...services, stripe }, mode, organizationId)
}
