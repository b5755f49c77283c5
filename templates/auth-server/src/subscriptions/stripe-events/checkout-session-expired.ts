import type { StripeEventHandler } from './stripe-event-handler.ts'

/** A payment page that nobody used: it need not be looked after any more. The wish for the plan stays. */
export const checkoutSessionExpired: StripeEventHandler = async (
  { db },
  mode,
  organizationId,
  event,
) => {
  await db.tenantTransaction(mode, organizationId, (trx) =>
    trx('subscriptions')
      // A newer page may be open already: that one is another's event.
      .where({ tenant_id: organizationId, checkout_id: event.objectId })
      .update({ checkout_id: null, checkout_until: null, version: trx.raw('version + 1') }),
  )
}
