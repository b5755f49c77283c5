import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Settings } from '../settings.ts'
import { changeOverrides, overridesInput } from './change-overrides.ts'

const settings: Pick<Settings, 'plans'> = {
  plans: [
    { id: 'free', name: 'Free', priceMonthly: 0, limits: { projects: 3 }, features: [] },
    { id: 'pro', name: 'Pro', priceMonthly: 49, limits: {}, features: ['sso'] },
  ],
}
const change = (before: Parameters<typeof changeOverrides>[1], input: unknown) =>
  changeOverrides(settings, before, overridesInput.parse(input))

test('what is left out stays; null gives back what the plan says', () => {
  const before = { plan: 'pro', limits: { members: 50, domains: 1 }, features: { sso: false } }
  assert.deepEqual(change(before, { overrides: { limits: { members: null } } }), {
    plan: 'pro',
    limits: { domains: 1 },
    features: { sso: false },
  })
  assert.deepEqual(change(before, { plan: null, overrides: { features: { sso: null } } }), {
    limits: { members: 50, domains: 1 },
    features: {},
  })
})

test('"unlimited" is no limit; a limit of the project itself can be set as well', () => {
  const wanted = { overrides: { limits: { members: 'unlimited', projects: 0 } } }
  assert.deepEqual(change({}, wanted).limits, { members: null, projects: 0 })
})

test('a plan, limit or feature that no plan has is refused by name', () => {
  for (const [wanted, pointer] of [
    [{ plan: 'pr0' }, '/plan'],
    [{ overrides: { limits: { member: 5 } } }, '/overrides/limits/member'],
    [{ overrides: { features: { ss0: true } } }, '/overrides/features/ss0'],
  ] as const) {
    assert.throws(
      () => change({}, wanted),
      (error: { errors?: { pointer: string }[] }) => {
        assert.equal(error.errors?.[0]?.pointer, pointer)
        return true
      },
    )
  }
})
