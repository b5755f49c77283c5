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
