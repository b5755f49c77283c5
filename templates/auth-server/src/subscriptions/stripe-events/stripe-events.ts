import { checkoutSessionCompleted } from './checkout-session-completed.ts'
import { checkoutSessionExpired } from './checkout-session-expired.ts'
import { customerDeleted } from './customer-deleted.ts'
import { customerSubscriptionChanged } from './customer-subscription-changed.ts'
import { customerSubscriptionTrialWillEnd } from './customer-subscription-trial-will-end.ts'
import { invoicePaid } from './invoice-paid.ts'
import { invoicePaymentFailed } from './invoice-payment-failed.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** The events that we act on; every other one is acknowledged and does nothing. */
export const stripeEvents: Record<string, StripeEventHandler> = {
  'checkout.session.completed': checkoutSessionCompleted,
  'checkout.session.async_payment_succeeded': checkoutSessionCompleted,
  'checkout.session.async_payment_failed': checkoutSessionCompleted,
  'checkout.session.expired': checkoutSessionExpired,
  'customer.deleted': customerDeleted,
  'customer.subscription.created': customerSubscriptionChanged,
  'customer.subscription.updated': customerSubscriptionChanged,
  'customer.subscription.deleted': customerSubscriptionChanged,
  'customer.subscription.paused': customerSubscriptionChanged,
  'customer.subscription.resumed': customerSubscriptionChanged,
  'customer.subscription.trial_will_end': customerSubscriptionTrialWillEnd,
  'invoice.paid': invoicePaid,
  'invoice.payment_failed': invoicePaymentFailed,
  'invoice.payment_action_required': invoicePaymentFailed,
}
