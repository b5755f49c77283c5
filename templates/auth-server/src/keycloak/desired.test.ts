import assert from 'node:assert/strict'
import { test } from 'node:test'
import settings from '../../authstack.config.ts'
import { hubRealm, operatorsRealm, organizationRealm, type RealmFacts } from './desired.ts'

const facts: RealmFacts = {
  project: 'acme',
  assertion: { issuer: 'https://a.test/assertions', publicKeyPem: 'PEM', keyId: 'k1' },
  secret: (realm, client) => `${realm}/${client}`,
}
const id = '0190a0a0-0000-4000-8000-000000000001'
const all = {
  organization: organizationRealm(facts, 'live', id),
  hub: hubRealm(facts, 'test', settings),
  operators: operatorsRealm('s'),
}

for (const [name, realm] of Object.entries(all)) {
  test(`the ${name} realm is created with every built-in public client off`, () => {
    for (const clientId of ['admin-cli', 'account', 'account-console', 'security-admin-console']) {
      const client = realm.clients?.find((found) => found.clientId === clientId)
      assert.equal(client?.enabled, false, clientId)
    }
  })
  test(`the ${name} realm has no public client, no browser flow and no registration`, () => {
    for (const client of realm.clients ?? []) {
      if (client.enabled === false) continue
      assert.equal(client.publicClient, false, client.clientId)
      assert.equal(client.standardFlowEnabled, false, client.clientId)
      assert.ok(client.secret, client.clientId)
    }
    assert.equal(realm.registrationAllowed, false)
    assert.equal(realm.resetPasswordAllowed, false)
  })
}

test('only the hub checks passwords, with bcrypt 12', () => {
  const direct = (realm: {
    clients?: { clientId?: string; directAccessGrantsEnabled?: boolean }[]
  }) => realm.clients?.filter((c) => c.directAccessGrantsEnabled).map((c) => c.clientId)
  assert.deepEqual(direct(all.organization), [])
  assert.deepEqual(direct(all.hub), ['authstack-login'])
  assert.match(String(all.hub.passwordPolicy), /hashAlgorithm\(bcrypt\) and hashIterations\(12\)/)
})

test('an organization realm signs with ES256 and has one client an audience', () => {
  assert.equal(all.organization.defaultSignatureAlgorithm, 'ES256')
  const minting = all.organization.clients?.filter(
    (client) => client.attributes?.['oauth2.jwt.authorization.grant.enabled'] === 'true',
  )
  assert.deepEqual(
    minting?.map((client) => client.clientId),
    ['authstack-api', 'app:acme'],
  )
})
