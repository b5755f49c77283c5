import assert from 'node:assert/strict'
import { test } from 'node:test'
import settings from '../../authstack.config.ts'
import type { Settings } from '../settings.ts'
import { hubPolicy, type RealmFacts } from './desired.ts'
import { assertionProvider } from './desired-clients.ts'
import { invert, planHub } from './reconcile.ts'

const facts: RealmFacts = {
  project: 'acme',
  assertion: { issuer: 'https://a.test/assertions', publicKeyPem: 'PEM', keyId: 'k1' },
  secret: () => 's',
}
const actual = {
  realm: hubPolicy(settings),
  provider: assertionProvider(facts).config as Record<string, unknown>,
}

test('a hub that is as the settings say needs nothing', () => {
  assert.deepEqual(planHub('live-accounts', settings, facts, actual), [])
})

test('a changed throttle changes the lockout, and its inverse puts the old one back', () => {
  const tighter: Settings = {
    ...settings,
    security: { ...settings.security, loginThrottle: { attempts: 3, windowMinutes: 15 } },
  }
  const changes = planHub('live-accounts', tighter, facts, actual)
  assert.deepEqual(changes, [
    { realm: 'live-accounts', path: 'realm.failureFactor', from: 5, to: 3 },
  ])
  assert.deepEqual(invert(changes), [
    { realm: 'live-accounts', path: 'realm.failureFactor', from: 3, to: 5 },
  ])
})

test('a rotated assertion key is brought to the hub', () => {
  const rotated = { assertion: { ...facts.assertion, keyId: 'k2', publicKeyPem: 'PEM2' } }
  assert.deepEqual(
    planHub('live-accounts', settings, rotated, actual).map((change) => change.path),
    ['provider.publicKeySignatureVerifier', 'provider.publicKeySignatureVerifierKeyId'],
  )
})
