import { syncSubscription } from '../sync-subscription.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** Somebody came to the end of the payment page. Whether it is paid is for the subscription to say. */
export const checkoutSessionCompleted: StripeEventHandler = async (
  services,
  mode,
  organizationId,
) => {
  await syncSubscription(services, mode, organizationId)
}
