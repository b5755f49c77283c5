import type { Mode } from '../../db/mode.ts'
import type { StripeEvent } from '../stripe.ts'
import type { BillingServices } from '../sync-subscription.ts'

/** What an event of Stripe makes us do for the organization of its customer. May run twice. */
export type StripeEventHandler = (
  services: BillingServices,
  mode: Mode,
  organizationId: string,
  event: StripeEvent,
) => Promise<void>
