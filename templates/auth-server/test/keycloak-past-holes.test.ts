import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { importJWK, type JWTPayload, SignJWT } from 'jose'
import pg from 'pg'
import type { AssertionSigner } from '../src/keycloak/assertion.ts'
import { openRealmKeys } from '../src/keycloak/realm-keys.ts'
import { openTokens } from '../src/keycloak/tokens.ts'
import { type DenialWorld, openDenialWorld } from './support/denial/denial-world.ts'
import { credential, instance, keycloakAdmin, keycloakGrant } from './support/identity.ts'
import {
  cannotStartKeycloak,
  type SecondKeycloak,
  startSecondKeycloak,
} from './support/second-keycloak.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** Holes that Keycloak had once (or has by design), each kept as the attack that would use it. */
describe('past holes of Keycloak', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  const at = instance
  const publicUrl = String(at.publicUrl ?? at.api)
  let world: DenialWorld
  let realm: string
  before(async () => {
    world = await openDenialWorld(at)
    realm = `live-org-${world.mine.id}`
  })
  after(() => world?.close())

  /** An assertion as the API signs it, with its own key, but for the changes. */
  async function assertion(
    changes: JWTPayload = {},
    header: { kid?: string } = {},
  ): Promise<string> {
    const { current } = JSON.parse(credential('assertion-key'))
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({
      iss: `${publicUrl}/assertions`,
      sub: world.mine.owner.userId,
      aud: `${publicUrl}/realms/${realm}`,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      as_sid: world.mine.owner.sessionId,
      mode: 'live',
      amr: ['pwd'],
      auth_time: now,
      org_id: world.mine.id,
      ...changes,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: header.kid ?? current.kid })
      .sign(await importJWK(current, 'ES256'))
  }

  const secretOf = (client: string) =>
    createHmac('sha256', Buffer.from(credential('master-key'), 'base64url'))
      .update(`${realm}|${client}|1`)
      .digest('base64url')

  /** Trades it straight at Keycloak, as whoever has the client's secret could. */
  const trade = (jwt: string, inRealm = realm) =>
    keycloakGrant(inRealm, {
      grant_type: JWT_BEARER,
      client_id: 'authstack-api',
      client_secret: secretOf('authstack-api'),
      assertion: jwt,
    })

  test('no client of any realm takes a redirect that is not exact', async () => {
    const url = new URL(String(at.pgSuperuserUrl))
    url.pathname = '/keycloak'
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    const { rows } = await client.query(
      `select r.name as realm, c.client_id as client, 'redirect' as kind, u.value
       from redirect_uris u join client c on c.id = u.client_id join realm r on r.id = c.realm_id
       union all
       select r.name, c.client_id, 'origin', w.value
       from web_origins w join client c on c.id = w.client_id join realm r on r.id = c.realm_id
       union all
       select r.name, c.client_id, 'logout', a.value
       from client_attributes a join client c on c.id = a.client_id join realm r on r.id = c.realm_id
       where a.name = 'post.logout.redirect.uris'
       union all
       select r.name, c.client_id, 'flow', 'implicit'
       from client c join realm r on r.id = c.realm_id where c.implicit_flow_enabled
       union all
       select r.name, c.client_id, 'flow', 'password grant without a secret'
       from client c join realm r on r.id = c.realm_id
       where c.direct_access_grants_enabled and c.public_client and c.enabled`,
    )
    await client.end()
    const faults = rows.filter(({ kind, value }) => {
      // "+": the redirect URIs that the client has, which are looked at here themselves.
      if (kind === 'logout') return !isExact(value) && value !== '+'
      if (kind === 'flow') return true
      return !isExact(value)
    })
    assert.deepEqual(faults, [])
  })

  test('an assertion is good once', async () => {
    const jwt = await assertion()
    assert.equal((await trade(jwt)).status, 200)
    const again = await trade(jwt)
    assert.deepEqual([again.status, again.body.access_token], [400, undefined])
  })

  test('it is good for 60 seconds: not a longer one, not a stale one, not one of the future', async () => {
    const now = Math.floor(Date.now() / 1000)
    for (const [name, changes] of Object.entries({
      // Counted from when it was issued, whatever end it claims for itself.
      'an old one that says it lasts an hour': { iat: now - 70, exp: now + 3600 },
      'one that does not say since when': { iat: undefined, exp: now + 120 },
      'for ever': { exp: undefined },
      stale: { iat: now - 90, exp: now - 30 },
      'not yet': { nbf: now + 60, iat: now + 60, exp: now + 100 },
      'without an id': { jti: undefined },
    })) {
      const { status, body } = await trade(await assertion(changes))
      assert.deepEqual([status, body.access_token], [400, undefined], name)
    }
  })

  test('it is for one realm, from one issuer, by one key', async () => {
    const other = `live-org-${world.theirs.id}`
    for (const [name, changes, kid] of [
      ['another realm', { aud: `${publicUrl}/realms/${other}` }, undefined],
      [
        'two realms',
        { aud: [`${publicUrl}/realms/${realm}`, `${publicUrl}/realms/${other}`] },
        undefined,
      ],
      ['another issuer', { iss: 'https://evil.test/assertions' }, undefined],
      ['another key', {}, 'another'],
      ['a stranger to the realm', { sub: world.theirs.owner.userId }, undefined],
      ['nobody', { sub: randomUUID() }, undefined],
    ] as const) {
      const { status, body } = await trade(
        await assertion(changes as JWTPayload, kid ? { kid } : {}),
      )
      assert.deepEqual([status, body.access_token], [400, undefined], name)
    }
  })

  test('membership is read from our database, whatever token and Keycloak say', async () => {
    const { mine, rows, ask, keys } = world
    const guest = await rows.live.person('past')
    const sessionId = await rows.live.session(guest)
    const actor = { userId: guest, sessionId }
    const claims = { roles: ['owner'], permissions: ['members:view', 'organization:delete'] }
    const token = await world.token(actor, mine, { claims })
    for (const [method, path] of [
      ['GET', `/api/v1/organizations/${mine.id}/members`],
      ['DELETE', `/api/v1/organizations/${mine.id}`],
    ] as const) {
      const answer = await ask(method, path, {
        headers: { 'X-AuthStack-Key': keys.good, Authorization: `Bearer ${token}` },
      })
      assert.deepEqual([answer.status, answer.body.code], [404, 'not_found'])
    }
  })

  test('a disabled shadow user gets nothing: not from the realm, not through the API', async () => {
    const { mine, ask, keys } = world
    const found = await keycloakAdmin(
      realm,
      'GET',
      `/users?username=${mine.owner.userId}&exact=true`,
    )
    const [shadow] = found.body as { id: string }[]
    assert.ok(shadow, 'the owner has a shadow')
    const set = (enabled: boolean) =>
      keycloakAdmin(realm, 'PUT', `/users/${shadow.id}`, { ...shadow, enabled })
    const token = await world.token(mine.owner, null)
    const asked = () =>
      ask('POST', '/api/v1/auth/switch', {
        headers: { 'X-AuthStack-Key': keys.good, Authorization: `Bearer ${token}` },
        body: { organizationId: mine.id },
      })
    assert.equal((await asked()).status, 200)
    assert.equal((await set(false)).status, 204)
    try {
      const { status, body } = await trade(await assertion())
      assert.deepEqual([status, body.access_token], [400, undefined])
      const refused = await asked()
      assert.deepEqual([refused.status, refused.body.accessToken], [404, undefined])
    } finally {
      await set(true)
    }
    assert.equal((await asked()).status, 200)
  })

  describe('after a restart of Keycloak', { skip: cannotStartKeycloak(at) }, () => {
    let second: SecondKeycloak
    before(async () => {
      second = await startSecondKeycloak(at)
    })
    after(() => second?.stop())

    test('an assertion that was used before is not sent a second time', async (t) => {
      const jwt = await assertion()
      const { jti, exp } = JSON.parse(
        Buffer.from(String(jwt.split('.')[1]), 'base64url').toString(),
      )
      const signer: AssertionSigner = {
        issuer: `${publicUrl}/assertions`,
        keyId: 'x',
        publicKeyPem: '',
        // What a thief of an assertion does: the same one again.
        sign: async () => ({ assertion: jwt, jti, expiresAt: new Date(exp * 1000) }),
      }
      const through = (keycloakUrl: string) =>
        openTokens({
          keycloakUrl,
          publicUrl,
          masterKey: Buffer.from(credential('master-key'), 'base64url'),
          signer,
          realmKeys: openRealmKeys(keycloakUrl),
          repairProvider: async () => {},
          // As src/keycloak/keycloak.ts does, on the same table.
          async burn(mode, id, expiresAt) {
            await world.rows[mode].query(
              `insert into burned_assertions (jti, expires_at) values ($1, $2)`,
              [id, expiresAt],
            )
          },
        }).mint('live', {
          organizationId: world.mine.id,
          userId: world.mine.owner.userId,
          audience: 'authstack-api',
          claims: { sessionId: world.mine.owner.sessionId, amr: ['pwd'], authTime: 0 },
        })
      assert.ok((await through(String(at.keycloak))).accessToken)
      await assert.rejects(through(second.url), /burned_assertions/)
      // Why we keep count ourselves: Keycloak's own memory of it ended with its process.
      const forgotten = await fetch(`${second.url}/realms/${realm}/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: JWT_BEARER,
          client_id: 'authstack-api',
          client_secret: secretOf('authstack-api'),
          assertion: jwt,
        }),
      })
      t.diagnostic(`Keycloak alone would have answered ${forgotten.status}`)
    })

    test('who has no shadow in the realm still gets nothing there', async () => {
      const stranger = await assertion({ sub: world.theirs.owner.userId })
      const answer = await fetch(`${second.url}/realms/${realm}/protocol/openid-connect/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: JWT_BEARER,
          client_id: 'authstack-api',
          client_secret: secretOf('authstack-api'),
          assertion: stranger,
        }),
      })
      assert.equal(answer.status, 400, await answer.text())
    })
  })
})

/** A whole address: no pattern, nothing relative that would take another host's, no scheme alone. */
function isExact(value: string): boolean {
  return URL.canParse(value) && !value.includes('*') && value !== '+'
}
