import { syncSubscription } from '../sync-subscription.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** Made, changed, paused, resumed or ended: by us, in the portal, in Stripe's dashboard or by Stripe itself. */
export const customerSubscriptionChanged: StripeEventHandler = async (
  services,
  mode,
  organizationId,
) => {
  await syncSubscription(services, mode, organizationId)
}
