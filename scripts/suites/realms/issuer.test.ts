import assert from 'node:assert/strict'
import { createHash, type JsonWebKey } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { callOk } from '../lib/call.ts'
import { credential, credentialsFolder, instance, keycloakUrl } from '../lib/instance.ts'
import { decode, isSignedBy } from '../lib/jwt.ts'
import {
  newOrganization,
  newPerson,
  type Organization,
  type Person,
  tokenFor,
} from '../lib/people.ts'
import { request } from '../lib/request.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

describe('an access token comes from the organization’s own realm', () => {
  let person: Person
  let organizations: Organization[]
  let tokens: string[]
  before(async () => {
    person = await newPerson('twice')
    organizations = [await newOrganization(person), await newOrganization(person)]
    tokens = []
    for (const { id } of organizations) tokens.push(await tokenFor(person, id))
  })

  test('iss is <public URL>/realms/live-org-<uuid>, and the uuid is the organization', () => {
    for (const [index, token] of tokens.entries()) {
      const { claims } = decode(token)
      const id = organizations[index]?.id ?? ''
      assert.match(id, uuid)
      assert.equal(claims.iss, `${instance().api}/realms/live-org-${id}`)
      assert.equal(claims.org_id, id)
      assert.equal(claims.org_slug, organizations[index]?.slug)
      assert.equal(claims.mode, 'live')
      assert.deepEqual([claims.aud].flat(), ['authstack-api'])
      assert.deepEqual(claims.roles, ['owner'])
      assert.ok(claims.permissions.includes('members:invite'))
      assert.ok(claims.permissions.every((name: string) => !name.includes('*')))
      assert.equal(claims.exp - claims.iat, 300)
      assert.ok(Math.abs(claims.iat - Date.now() / 1000) < 30)
      assert.ok(claims.auth_time <= claims.iat)
      assert.ok(claims.as_sid && Array.isArray(claims.amr))
      assert.equal(claims.email, undefined, 'a shadow user has no address to leak')
    }
  })

  test('ES256, and the signature verifies by Keycloak’s JWKS through the public port', async () => {
    for (const token of tokens) {
      const { header, claims } = decode(token)
      assert.equal(header.alg, 'ES256')
      const discovered = await request(`${claims.iss}/.well-known/openid-configuration`)
      assert.equal(discovered.body.issuer, claims.iss)
      assert.equal(discovered.body.jwks_uri, `${claims.iss}/protocol/openid-connect/certs`)
      const { keys } = (await request(discovered.body.jwks_uri)).body
      const key = keys.find((one: { kid: string }) => one.kid === header.kid)
      assert.equal(key?.crv, 'P-256')
      assert.ok(isSignedBy(token, key))
      const twin = { ...key, x: key.y, y: key.x }
      assert.throws(() => assert.ok(isSignedBy(token, twin)))
    }
  })

  test('the realms share no key', async () => {
    const [first, second] = tokens.map((token) => decode(token))
    assert.notEqual(first?.header.kid, second?.header.kid)
    const { keys } = (await request(`${second?.claims.iss}/protocol/openid-connect/certs`)).body
    for (const key of keys.filter((one: { kty: string }) => one.kty === 'EC')) {
      assert.equal(isSignedBy(tokens[0] ?? '', key), false)
    }
  })

  test('sub is one and the same person in both, and in the token without organization', () => {
    const [first, second] = tokens.map((token) => decode(token).claims)
    assert.match(first.sub, uuid)
    assert.equal(first.sub, second.sub)
    assert.equal(first.sub, person.id)
    const hub = decode(person.accessToken).claims
    assert.equal(hub.sub, person.id)
    assert.equal(hub.iss, `${instance().api}/realms/live-accounts`)
    assert.equal(hub.org_id, undefined)
    assert.deepEqual(hub.permissions ?? [], [])
  })

  test('issuers/<id>/jwks.json hands on exactly Keycloak’s keys, and knows no others', async () => {
    for (const [index, token] of tokens.entries()) {
      const id = organizations[index]?.id
      const ours = await callOk('GET', `issuers/${id}/jwks.json`, { key: null })
      const theirs = await request(`${decode(token).claims.iss}/protocol/openid-connect/certs`)
      assert.deepEqual(kids(ours), kids(theirs.body))
      assert.ok(ours.keys.every((key: JsonWebKey) => key.d === undefined))
    }
    const absent = 'issuers/00000000-0000-4000-8000-000000000000/jwks.json'
    await callOk('GET', absent, { key: null }, 404)
    for (const id of ['live-accounts', 'master', 'operators', '..%2f..']) {
      const answer = await request(`${instance().api}/api/v1/issuers/${id}/jwks.json`)
      assert.ok([400, 404].includes(answer.status), `${id}: ${answer.status}`)
    }
  })

  test('the API holds no key that could sign one', async () => {
    const assertion = JSON.parse(credential('assertion-key'))
    for (const jwk of [assertion.current, assertion.next].filter(Boolean)) {
      const { d: _private, ...open } = jwk
      for (const token of tokens) assert.equal(isSignedBy(token, open), false)
    }
    const realmKeys: JsonWebKey[] = []
    for (const token of tokens) {
      const { iss } = decode(token).claims
      realmKeys.push(...(await request(`${iss}/protocol/openid-connect/certs`)).body.keys)
    }
    const points = new Set(realmKeys.map((key) => key.x).filter(Boolean))
    assert.ok(points.size >= 2)
    for (const name of readdirSync(credentialsFolder())) {
      const text = readFileSync(join(credentialsFolder(), name), 'utf8')
      for (const point of points)
        assert.ok(!text.includes(String(point)), `${name} has a realm key`)
      const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
      if (name !== 'assertion-key') {
        assert.doesNotMatch(text, /PRIVATE KEY|"d"\s*:/, `${name} (${digest}) has a private key`)
      }
    }
  })

  test('credentials are for their owner only', () => {
    assert.equal(statSync(credentialsFolder()).mode & 0o077, 0)
    for (const name of readdirSync(credentialsFolder())) {
      assert.equal(statSync(join(credentialsFolder(), name)).mode & 0o077, 0, name)
    }
  })

  test('iss names the public address on Keycloak’s loopback port too', async () => {
    const { iss } = decode(tokens[0] ?? '').claims
    const realm = iss.split('/').at(-1)
    const inside = await request(
      `${keycloakUrl()}/realms/${realm}/.well-known/openid-configuration`,
    )
    assert.equal(inside.body.issuer, iss)
  })
})

function kids({ keys }: { keys: { kid: string; alg: string }[] }): string[] {
  return keys
    .filter((key) => key.alg === 'ES256')
    .map((key) => key.kid)
    .sort()
}
