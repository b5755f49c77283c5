import type { Knex } from 'knex'
import type { SubscriptionStatus } from './standing.ts'

export const subscriptionColumns = [
  'customer_id',
  'checkout_id',
  'checkout_until',
  'subscription_id',
  'status',
  'plan',
  'paid_until',
  'current_period_end',
  'trial_ends_at',
  'cancel_at_period_end',
  'past_due_since',
  'is_trial_used',
  'trial_reminded_for',
  'version',
] as const

export interface SubscriptionRow {
  customer_id: string | null
  checkout_id: string | null
  checkout_until: Date | null
  subscription_id: string | null
  status: SubscriptionStatus
  plan: string | null
  paid_until: Date | null
  current_period_end: Date | null
  trial_ends_at: Date | null
  cancel_at_period_end: boolean
  past_due_since: Date | null
  is_trial_used: boolean
  trial_reminded_for: Date | null
  version: number
}

/** The organization's row, or undefined while it never had to do with payment. */
export function findSubscription(
  trx: Knex.Transaction,
  organizationId: string,
): Promise<SubscriptionRow | undefined> {
  return trx('subscriptions')
    .where('tenant_id', organizationId)
    .first(...subscriptionColumns)
}

/** Whether there is a subscription that could be changed, cancelled or paid: then none is started beside it. */
export function isLive(row: Pick<SubscriptionRow, 'status' | 'subscription_id'>): boolean {
  return row.subscription_id !== null && /^(trialing|active|past_due)$/.test(row.status)
}
