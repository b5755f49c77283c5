import { syncSubscription } from '../sync-subscription.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** The first payment, a renewal, or the end of a dunning: the plan goes on until the next period's end. */
export const invoicePaid: StripeEventHandler = async (services, mode, organizationId) => {
  await syncSubscription(services, mode, organizationId)
}
