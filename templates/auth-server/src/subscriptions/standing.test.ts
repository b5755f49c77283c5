import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from './entitlements.ts'
import { type Before, standingOf } from './standing.ts'
import type { StripeSubscription } from './stripe.ts'

const plan = (id: string, priceMonthly: number, more: Partial<Plan> = {}): Plan => ({
  id,
  name: id,
  priceMonthly,
  limits: {},
  features: [],
  ...more,
})
const settings = {
  plans: [
    plan('free', 0),
    plan('pro', 49, { stripePriceId: { live: 'price_live', test: 'price_test' } }),
    plan('max', 99, { stripePriceId: 'price_max' }),
  ],
  billing: { provider: 'stripe' as const, graceDays: 5 },
}
const now = new Date('2026-11-25T12:00:00Z')
const days = (n: number) => new Date(+now + n * 86_400_000)
const subscription = (more: Partial<StripeSubscription> = {}): StripeSubscription => ({
  id: 'sub_1',
  status: 'active',
  priceId: 'price_live',
  itemId: 'si_1',
  createdAt: days(-10),
  currentPeriodEnd: days(20),
  trialEndsAt: null,
  cancelAtPeriodEnd: false,
  unpaid: null,
  ...more,
})
const nothing: Before = {
  subscriptionId: null,
  currentPeriodEnd: null,
  pastDueSince: null,
  planId: null,
}
const of = (all: StripeSubscription[], before: Partial<Before> = {}) =>
  standingOf(settings, 'live', all, { ...nothing, ...before }, now)

test('a plan is known by its price in this mode', () => {
  assert.equal(of([subscription()]).plan?.id, 'pro')
  const test = of([subscription({ priceId: 'price_test' })])
  assert.deepEqual([test.plan, test.unknownPriceId], [null, 'price_test'])
})

test('without a subscription there is nothing, and nothing to ask for again', () => {
  const { status, plan, checkAt } = of([])
  assert.deepEqual([status, plan, checkAt], ['none', null, null])
})

test('of several, one that runs is chosen before one that has ended since', () => {
  const ended = subscription({ id: 'sub_2', status: 'canceled', createdAt: days(-1) })
  assert.equal(of([ended, subscription()]).subscriptionId, 'sub_1')
})

test('two that run are told of: somebody pays twice', () => {
  const { subscriptionId, duplicates } = of([
    subscription({ id: 'sub_2', createdAt: days(-1) }),
    subscription(),
  ])
  assert.deepEqual([subscriptionId, duplicates], ['sub_2', ['sub_1']])
})

test('a renewal has three days for its news; a cancelled one ends with its period', () => {
  assert.deepEqual(of([subscription()]).paidUntil, days(23))
  assert.deepEqual(of([subscription({ cancelAtPeriodEnd: true })]).paidUntil, days(20))
})

test('what Stripe no longer collects, has paused or never began pays for nothing', () => {
  for (const status of [
    'unpaid',
    'paused',
    'incomplete',
    'incomplete_expired',
    'canceled',
    'new',
  ]) {
    assert.equal(of([subscription({ status })]).plan, null, status)
  }
})

test('the grace runs from the first bill that is owed; later bills and lost news bring no new one', () => {
  const owed = (since: number) => ({ reason: 'subscription_cycle', since: days(since) })
  const late = subscription({ status: 'past_due', unpaid: owed(-2) })
  assert.deepEqual(of([late]).paidUntil, days(3))
  const known = { subscriptionId: 'sub_1', pastDueSince: days(-4), planId: 'pro' }
  assert.deepEqual(of([late], known).paidUntil, days(1))
  const missed = { subscriptionId: 'sub_1', currentPeriodEnd: days(-30), planId: 'pro' }
  assert.equal(of([late], missed).plan, null)
  const other = { subscriptionId: 'sub_0', pastDueSince: days(-90), planId: 'pro' }
  assert.deepEqual(of([late], other).paidUntil, days(3), "an earlier subscription's debt")
})

test('a first payment under way pays for nothing; a dearer plan waits for its difference', () => {
  const unpaid = (reason: string) => ({ reason, since: days(-1) })
  const first = of([subscription({ unpaid: unpaid('subscription_create') })])
  assert.deepEqual([first.plan, first.status], [null, 'incomplete'])
  const dearer = subscription({ priceId: 'price_max', unpaid: unpaid('subscription_update') })
  assert.equal(of([dearer], { planId: 'pro' }).plan?.id, 'pro')
  const cheaper = subscription({ unpaid: unpaid('subscription_update') })
  assert.equal(of([cheaper], { planId: 'max' }).plan?.id, 'pro')
})

test('a date that has passed while Stripe is behind is asked for in an hour, not at once', () => {
  const { checkAt } = of([subscription({ currentPeriodEnd: days(-1) })])
  assert.equal(Number(checkAt) - Number(now), 3_600_000)
})
