import assert from 'node:assert/strict'
import { test } from 'node:test'
import settings from '../authstack.config.ts'
import { parseSettings } from './settings.ts'

test("the project's own settings are valid", () => {
  assert.deepEqual(parseSettings(settings), settings)
})

test('a misspelt setting is refused by name, or it would silently switch a rule off', () => {
  const wrong = { ...settings, security: { ...settings.security, loginThrotle: {} } }
  assert.throws(() => parseSettings(wrong), /security.*loginThrotle/s)
})

test('an origin with a path or a trailing slash is refused', () => {
  for (const origin of ['https://a.test/', 'https://a.test/app', '*', 'a.test']) {
    assert.throws(() => parseSettings({ ...settings, allowedOrigins: [origin] }), /allowedOrigins/)
  }
})

test('several faults are told at once', () => {
  const wrong = { ...settings, name: '', passwordPolicy: { minLength: 3 } }
  assert.throws(() => parseSettings(wrong), /name:.*passwordPolicy\.minLength:/s)
})

test('what this version cannot do is refused, not ignored', () => {
  const wrong = {
    ...settings,
    signIn: { ...settings.signIn, magicLink: true },
    security: { ...settings.security, ipAllowlist: ['10.0.0.0/8'] },
  }
  assert.throws(() => parseSettings(wrong), /signIn\.magicLink:.*security\.ipAllowlist:/s)
})

test('with Stripe, what is sold has a price and what is not paid has a plan', () => {
  const free = { id: 'free', name: 'Free', priceMonthly: 0, limits: {}, features: [] }
  const pro = { ...free, id: 'pro', priceMonthly: 49, stripePriceId: 'price_pro' }
  const parse = (...plans: object[]) =>
    parseSettings({ ...settings, billing: { provider: 'stripe' }, plans })
  parse(free, pro)
  parse(free, { ...pro, stripePriceId: { live: 'price_a', test: 'price_b' } })
  assert.throws(() => parse(pro), /plans: One plan must cost nothing/)
  assert.throws(() => parse(free, { ...pro, stripePriceId: undefined }), /plans\.1\.stripePriceId/)
  assert.throws(() => parse(free, pro, { ...pro, id: 'max' }), /Two plans have the price price_pro/)
})
