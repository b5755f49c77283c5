import type { Mode } from '../db/mode.ts'
import type { Settings } from '../settings.ts'
import type { Plan } from './entitlements.ts'
import type { StripeSubscription } from './stripe.ts'

export type SubscriptionStatus =
  | 'none'
  | 'trialing'
  | 'active'
  | 'past_due'
  | 'canceled'
  | 'incomplete'

/** What an organization's subscriptions at Stripe mean here. */
export interface Standing {
  subscriptionId: string | null
  itemId: string | null
  status: SubscriptionStatus
  /** The plan that is paid for; null: none. */
  plan: Plan | null
  /** The plan is in force until then. */
  paidUntil: Date | null
  currentPeriodEnd: Date | null
  trialEndsAt: Date | null
  cancelAtPeriodEnd: boolean
  pastDueSince: Date | null
  /** When Stripe has to be asked again although no event came. */
  checkAt: Date | null
  /** Live subscriptions beside the chosen one: somebody pays twice. */
  duplicates: string[]
  /** A live subscription pays a price that no plan of the settings has. */
  unknownPriceId: string | null
}

/** What was known before, for what Stripe does not tell. */
export interface Before {
  subscriptionId: string | null
  currentPeriodEnd: Date | null
  pastDueSince: Date | null
  planId: string | null
}

type PlanSettings = Pick<Settings, 'plans' | 'billing'>

const DAY_MILLISECONDS = 24 * 60 * 60_000
const GRACE_DAYS_DEFAULT = 7
/** Stripe renews up to some hours after a period's end, and a webhook may be late; then Stripe is asked. */
const RENEWAL_SLACK_DAYS = 3
const CHECK_AFTER_MILLISECONDS = 2 * 60 * 60_000
/** A lapse is noted within minutes although the plan has ended by the clock already. */
const RECHECK_MILLISECONDS = 60 * 60_000

const STATUSES: Record<string, SubscriptionStatus> = {
  trialing: 'trialing',
  active: 'active',
  past_due: 'past_due',
  // Stripe has given up collecting, or waits for a first payment: nothing is paid.
  unpaid: 'past_due',
  paused: 'incomplete',
  incomplete: 'incomplete',
  incomplete_expired: 'canceled',
  canceled: 'canceled',
}

const RANK: SubscriptionStatus[] = [
  'none',
  'canceled',
  'incomplete',
  'past_due',
  'trialing',
  'active',
]

/** Pure: Stripe's subscriptions of one customer in, one standing out. */
export function standingOf(
  settings: PlanSettings,
  mode: Mode,
  subscriptions: StripeSubscription[],
  before: Before,
  now: Date,
): Standing {
  const ranked = subscriptions
    .map((one) => ({ one, status: STATUSES[one.status] ?? 'incomplete' }))
    .sort(
      (a, b) =>
        RANK.indexOf(b.status) - RANK.indexOf(a.status) || +b.one.createdAt - +a.one.createdAt,
    )
  const best = ranked[0]
  if (!best) return { ...NOTHING, subscriptionId: null, itemId: null, status: 'none' }
  const { one, status } = best
  const isLive = status === 'active' || status === 'trialing' || status === 'past_due'
  const plan = isLive ? planOfPrice(settings, mode, one.priceId) : null
  const paid = isLive ? paidPlan(settings, one, plan, before) : null
  const pastDueSince = status === 'past_due' ? dueSince(one, before, now) : null
  const paidUntil = paid && untilOf(settings, one, status, pastDueSince)
  const isPaid = paid !== null && paidUntil !== null && paidUntil > now
  return {
    subscriptionId: one.id,
    itemId: one.itemId,
    // Active at Stripe while the first payment is still under way: not yet here.
    status: isLive && plan && !paid ? 'incomplete' : status,
    plan: isPaid ? paid : null,
    paidUntil: isPaid ? paidUntil : null,
    currentPeriodEnd: one.currentPeriodEnd,
    trialEndsAt: one.trialEndsAt,
    cancelAtPeriodEnd: isLive && one.cancelAtPeriodEnd,
    pastDueSince,
    checkAt: isLive ? checkAt(one, isPaid ? paidUntil : null, status, now) : null,
    duplicates: ranked
      .slice(1)
      .filter((other) => RANK.indexOf(other.status) >= RANK.indexOf('past_due'))
      .map((other) => other.one.id),
    unknownPriceId: isLive && !plan ? one.priceId : null,
  }
}

/** The plan that is sold, or was, at a price. */
function planOfPrice({ plans }: PlanSettings, mode: Mode, priceId: string | null): Plan | null {
  const found = plans.find(
    (plan) => priceOf(plan, mode) === priceId || plan.olderStripePriceIds?.includes(priceId ?? ''),
  )
  return priceId === null ? null : (found ?? null)
}

/** The price at which a plan is sold in a mode; null when it is not. */
export function priceOf({ stripePriceId }: Plan, mode: Mode): string | null {
  return typeof stripePriceId === 'string' ? stripePriceId : (stripePriceId?.[mode] ?? null)
}

/**
 * A first payment or the difference to a dearer plan may still be open while Stripe says "active"
 * (a bank debit, a card that wants to be asked): until it is paid, what was paid before counts.
 */
function paidPlan(
  { plans }: PlanSettings,
  { unpaid }: StripeSubscription,
  plan: Plan | null,
  before: Before,
): Plan | null {
  if (unpaid?.reason === 'subscription_create') return null
  if (unpaid?.reason !== 'subscription_update') return plan
  const earlier = plans.find((one) => one.id === before.planId) ?? null
  return earlier && plan && earlier.priceMonthly > plan.priceMonthly ? plan : earlier
}

/**
 * Since when something is owed. A later bill brings no new grace, and neither do events that were not
 * heard: what was paid for had ended with the last period that we knew of.
 */
function dueSince({ id, unpaid }: StripeSubscription, before: Before, now: Date): Date {
  const isSame = before.subscriptionId === id
  if (isSame && before.pastDueSince) return before.pastDueSince
  const paidThrough = isSame ? before.currentPeriodEnd : null
  const candidates = [paidThrough, unpaid?.since, now].filter((date) => date != null)
  return new Date(Math.min(...candidates.map(Number)))
}

function untilOf(
  { billing }: PlanSettings,
  one: StripeSubscription,
  status: SubscriptionStatus,
  pastDueSince: Date | null,
): Date | null {
  if (status === 'past_due') {
    if (one.status === 'unpaid' || !pastDueSince) return null
    return addDays(pastDueSince, billing?.graceDays ?? GRACE_DAYS_DEFAULT)
  }
  if (!one.currentPeriodEnd) return null
  return one.cancelAtPeriodEnd
    ? one.currentPeriodEnd
    : addDays(one.currentPeriodEnd, RENEWAL_SLACK_DAYS)
}

function checkAt(
  { currentPeriodEnd, cancelAtPeriodEnd }: StripeSubscription,
  paidUntil: Date | null,
  status: SubscriptionStatus,
  now: Date,
): Date {
  const at =
    status === 'past_due' || cancelAtPeriodEnd
      ? paidUntil
      : currentPeriodEnd && new Date(+currentPeriodEnd + CHECK_AFTER_MILLISECONDS)
  // A date that has passed means that Stripe is behind: not asked again at once.
  return at && at > now ? at : new Date(+now + RECHECK_MILLISECONDS)
}

const addDays = (date: Date, days: number) => new Date(+date + days * DAY_MILLISECONDS)

const NOTHING = {
  plan: null,
  paidUntil: null,
  currentPeriodEnd: null,
  trialEndsAt: null,
  cancelAtPeriodEnd: false,
  pastDueSince: null,
  checkAt: null,
  duplicates: [],
  unknownPriceId: null,
}
