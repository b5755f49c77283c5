import { syncSubscription } from '../sync-subscription.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** Deleted in the dashboard of Stripe, and its subscriptions with it. The next payment makes a new one. */
export const customerDeleted: StripeEventHandler = async (
  services,
  mode,
  organizationId,
  { customerId },
) => {
  await syncSubscription(services, mode, organizationId)
  await services.db.tenantTransaction(mode, organizationId, (trx) =>
    trx('subscriptions')
      .where({ tenant_id: organizationId, customer_id: customerId })
      .update({
        customer_id: null,
        checkout_id: null,
        checkout_until: null,
        check_at: null,
        version: trx.raw('version + 1'),
      }),
  )
}
