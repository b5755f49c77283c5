import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'
import type { BillingServices } from './sync-subscription.ts'

/** The services with the door to Stripe; 409 `billing_off` when the project takes no payments. */
export function requireStripe(services: Services): BillingServices {
  const { stripe } = services
  if (!stripe) throw new Problem('billing_off')
  return { ...services, stripe }
}
