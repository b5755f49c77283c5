import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entitlementsOf, type Plan, type PlanFacts } from './entitlements.ts'
import { requireFeature } from './require-feature.ts'

const free: Plan = {
  id: 'free',
  name: 'Free',
  priceMonthly: 0,
  limits: { members: 10 },
  features: [],
}
const pro: Plan = {
  id: 'pro',
  name: 'Pro',
  priceMonthly: 49,
  limits: { members: 100, projects: 20 },
  features: ['sso', 'api'],
}
const now = new Date('2026-11-25T00:00:00Z')
const later = new Date('2026-12-25T00:00:00Z')
const of = (facts: Partial<PlanFacts>, plans = [free, pro]) =>
  entitlementsOf({ plans }, { plan: 'free', planUntil: null, overrides: {}, ...facts }, now)

test('a plan that costs something is in force only while it is paid', () => {
  assert.equal(of({ plan: 'pro', planUntil: later }).plan.id, 'pro')
  assert.equal(of({ plan: 'pro', planUntil: null }).plan.id, 'free')
  assert.equal(of({ plan: 'pro', planUntil: now }).plan.id, 'free', 'its last moment is over')
})

test('a free plan needs no date, and one that was given a price since is no longer free', () => {
  assert.equal(of({}).plan.id, 'free')
  const dearer = [
    { ...free, id: 'basic' },
    { ...free, priceMonthly: 5 },
  ]
  assert.equal(of({ plan: 'free' }, dearer).plan.id, 'basic')
})

test('a plan that left the settings is like the free one, not like none at all', () => {
  assert.equal(of({ plan: 'gone', planUntil: later }).limits.members, 10)
})

test('what a plan does not limit has no limit, and names of the project itself pass through', () => {
  const { limits } = of({ plan: 'pro', planUntil: later })
  assert.deepEqual([limits.members, limits.domains, limits.projects], [100, null, 20])
})

test('operators raise, lower and lift limits, and switch features, for one organization', () => {
  const { limits, features } = of({
    plan: 'pro',
    planUntil: later,
    overrides: { limits: { members: null, domains: 0 }, features: { sso: false, audit: true } },
  })
  assert.deepEqual([limits.members, limits.domains, limits.projects], [null, 0, 20])
  assert.deepEqual(features, ['api', 'audit'])
})

test("an operator's plan is in force without payment; one that is gone grants nothing", () => {
  assert.equal(of({ overrides: { plan: 'pro' } }).plan.id, 'pro')
  assert.equal(of({ overrides: { plan: 'gone' } }).plan.id, 'free')
})

test('a feature that is not there is refused by its name', () => {
  assert.throws(() => requireFeature(of({}), 'sso'), {
    code: 'feature_not_in_plan',
    extra: { feature: 'sso' },
  })
  requireFeature(of({ overrides: { features: { sso: true } } }), 'sso')
})
