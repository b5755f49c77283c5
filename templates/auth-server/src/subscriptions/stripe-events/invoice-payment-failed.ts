import { syncSubscription } from '../sync-subscription.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** A payment was refused or wants its holder. Stripe tries again; the grace of the settings begins. */
export const invoicePaymentFailed: StripeEventHandler = async (services, mode, organizationId) => {
  await syncSubscription(services, mode, organizationId)
}
