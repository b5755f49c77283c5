import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import {
  claimsOf,
  instance,
  keycloakAdmin,
  keycloakGrant,
  publicUrl,
  withoutRequestId,
} from './support/identity.ts'
import { call, mailedToken, must } from './support/instance.ts'
import { createOrganization, type Person, signUp, testMode } from './support/person.ts'

const site = instance as NonNullable<typeof instance>
const canReachKeycloak = site?.keycloak !== undefined && site?.credentials !== undefined

describe('sign-in', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  let ada: Person
  before(async () => {
    ada = await signUp(site, 'ada')
  })
  const login = (email: string, password: string) =>
    call(site, 'POST', '/auth/login', { body: { email, password } })

  test('an unproved address cannot sign in, and hears so only with the right password', async () => {
    const email = `unproved-${randomBytes(5).toString('hex')}@example.com`
    const password = 'correct horse battery'
    await must(site, 201, 'POST', '/auth/signup', { body: { email, password } })
    assert.equal((await login(email, password)).body.code, 'email_not_verified')
    assert.equal((await login(email, 'a wrong password')).body.code, 'invalid_credentials')
  })

  test('a known address gets the same answer to sign-up as a new one, and a mail', async () => {
    const password = 'another long password'
    const known = await must(site, 201, 'POST', '/auth/signup', {
      body: { email: ada.email, password },
    })
    const fresh = await must(site, 201, 'POST', '/auth/signup', {
      body: { email: `fresh-${randomBytes(5).toString('hex')}@example.com`, password },
    })
    assert.deepEqual(known.body, fresh.body)
    // And the password of the account is still the old one.
    assert.equal((await login(ada.email, password)).status, 401)
    assert.equal((await login(ada.email, ada.password)).status, 200)
  })

  test('an unknown address and a wrong password are one answer', async () => {
    const unknown = await login(`nobody-${randomUUID()}@example.com`, 'a wrong password')
    const wrong = await login(ada.email, 'a wrong password')
    assert.equal(unknown.status, 401)
    assert.equal(wrong.status, 401)
    assert.deepEqual(withoutRequestId(unknown.body), withoutRequestId(wrong.body))
    assert.equal((await login(ada.email, ada.password)).status, 200)
  })

  test('attempts run out, for a known and an unknown address alike, with Retry-After', async () => {
    const bob = await signUp(site, 'bob')
    for (const email of [bob.email, `nobody-${randomUUID()}@example.com`]) {
      for (let attempt = 0; attempt < 5; attempt++) {
        assert.equal((await login(email, 'a wrong password')).status, 401)
      }
      const refused = await login(email, bob.password)
      assert.equal(refused.status, 429)
      assert.equal(refused.body.code, 'too_many_attempts')
      assert.ok(Number(refused.headers.get('retry-after')) > 0)
    }
  })

  test('73 bytes of password are refused and named; 72 are taken whole', async () => {
    const email = `long-${randomBytes(5).toString('hex')}@example.com`
    const refused = await call(site, 'POST', '/auth/signup', {
      body: { email, password: 'a'.repeat(73) },
    })
    assert.equal(refused.status, 422)
    assert.equal(refused.body.code, 'invalid_password')
    assert.equal(refused.body.errors[0].code, 'password_too_long')
    const password = `${'a'.repeat(71)}z`
    await must(site, 201, 'POST', '/auth/signup', { body: { email, password } })
    assert.equal((await login(email, `${'a'.repeat(71)}y`)).body.code, 'invalid_credentials')
    assert.equal((await login(email, password)).body.code, 'email_not_verified')
  })

  test('a verification link works once', async () => {
    const email = `once-${randomBytes(5).toString('hex')}@example.com`
    await must(site, 201, 'POST', '/auth/signup', {
      body: { email, password: 'correct horse bat' },
    })
    const token = await mailedToken(site, email, 'Verify')
    await must(site, 200, 'POST', '/auth/verify-email', { body: { token } })
    const again = await must(site, 410, 'POST', '/auth/verify-email', { body: { token } })
    assert.equal(again.body.code, 'link_invalid')
  })

  test('a reset link sets the password, once, and ends every session', async () => {
    const eve = await signUp(site, 'eve')
    const session = (await login(eve.email, eve.password)).body
    const known = await must(site, 202, 'POST', '/auth/password-reset', {
      body: { email: eve.email },
    })
    const unknown = await must(site, 202, 'POST', '/auth/password-reset', {
      body: { email: `nobody-${randomUUID()}@example.com` },
    })
    assert.deepEqual(known.body, unknown.body)
    const token = await mailedToken(site, eve.email, 'eset')
    const password = 'a brand new password'
    const confirm = { body: { token, password } }
    const tooLong = { body: { token, password: 'b'.repeat(73) } }
    await must(site, 422, 'POST', '/auth/password-reset/confirm', tooLong)
    await must(site, 204, 'POST', '/auth/password-reset/confirm', confirm)
    await must(site, 410, 'POST', '/auth/password-reset/confirm', confirm)
    const refused = await must(site, 401, 'GET', '/me', { token: session.accessToken })
    assert.equal(refused.body.code, 'session_revoked')
    await must(site, 401, 'POST', '/auth/refresh', { body: { refreshToken: session.refreshToken } })
    assert.equal((await login(eve.email, eve.password)).status, 401)
    assert.equal((await login(eve.email, password)).status, 200)
  })

  test('logout ends the session at once', async () => {
    const session = (await login(ada.email, ada.password)).body
    await must(site, 200, 'GET', '/me', { token: session.accessToken })
    await must(site, 204, 'POST', '/auth/logout', { token: session.accessToken, body: {} })
    await must(site, 401, 'GET', '/me', { token: session.accessToken })
    await must(site, 401, 'POST', '/auth/refresh', { body: { refreshToken: session.refreshToken } })
  })

  describe('refresh', () => {
    const refresh = (refreshToken: string) =>
      call(site, 'POST', '/auth/refresh', { body: { refreshToken } })

    test('the token before gives the same successor for 30 s; later the family dies', async () => {
      const first = (await login(ada.email, ada.password)).body.refreshToken
      const second = await refresh(first)
      const repeated = await refresh(first)
      assert.equal(second.status, 200)
      assert.notEqual(second.body.refreshToken, first)
      assert.equal(repeated.body.refreshToken, second.body.refreshToken)
      await sleep(31_000)
      const reused = await refresh(first)
      assert.equal(reused.status, 401)
      assert.equal(reused.body.code, 'refresh_reused')
      assert.equal((await refresh(second.body.refreshToken)).status, 401)
      await must(site, 401, 'GET', '/me', { token: second.body.accessToken })
    })

    test('ten at once get one successor', async () => {
      const first = (await login(ada.email, ada.password)).body.refreshToken
      const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(first)))
      assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([200]))
      assert.equal(new Set(answers.map((answer) => answer.body.refreshToken)).size, 1)
    })

    test('a made-up token is refused', async () => {
      const refused = await refresh(randomBytes(32).toString('base64url'))
      assert.equal(refused.body.code, 'refresh_invalid')
    })
  })

  describe('tokens', () => {
    test('an organization signs its own tokens, and sub is the same in all of them', async () => {
      const first = await createOrganization(site, ada, 'Tokens One')
      const second = await createOrganization(site, ada, 'Tokens Two')
      const subjects = new Set<string>()
      for (const organizationId of [first, second]) {
        const { body } = await must(site, 200, 'POST', '/auth/switch', {
          token: ada.hubToken,
          body: { organizationId },
        })
        const issuer = `${publicUrl()}/realms/live-org-${organizationId}`
        const keys = createRemoteJWKSet(
          new URL(`${site.api}/api/v1/issuers/${organizationId}/jwks.json`),
        )
        const { payload, protectedHeader } = await jwtVerify(body.accessToken, keys, { issuer })
        assert.equal(protectedHeader.alg, 'ES256')
        assert.equal(payload.aud, 'authstack-api')
        assert.equal(payload.org_id, organizationId)
        assert.equal(payload.mode, 'live')
        assert.deepEqual(payload.roles, ['owner'])
        assert.ok((payload.permissions as string[]).includes('members:invite'))
        assert.equal(Number(payload.exp) - Number(payload.iat), 300)
        subjects.add(String(payload.sub))
      }
      assert.deepEqual([...subjects], [ada.userId])
    })

    test('a token for the backend of the app is refused by this API', async () => {
      const { body } = await must(site, 200, 'POST', '/auth/app-token', {
        token: ada.hubToken,
        body: {},
      })
      assert.match(claimsOf(body.accessToken).aud, /^app:/)
      const refused = await must(site, 401, 'GET', '/me', { token: body.accessToken })
      assert.equal(refused.body.code, 'token_invalid')
    })

    test('a changed token, and one of another mode, are refused', async () => {
      const [head, , signature] = ada.hubToken.split('.')
      const payload = { ...claimsOf(ada.hubToken), sub: randomUUID() }
      const forged = `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`
      await must(site, 401, 'GET', '/me', { token: forged })
      const how = await testMode(site)
      if (how) await must(site, 401, 'GET', '/me', { ...how, token: ada.hubToken })
    })

    test('a stranger switching gets the 404 of an absent organization', async () => {
      const stranger = await signUp(site, 'stranger')
      const organizationId = await createOrganization(site, ada, 'Not Yours')
      const ask = (id: string) =>
        must(site, 404, 'POST', '/auth/switch', {
          token: stranger.hubToken,
          body: { organizationId: id },
        })
      const [foreign, absent] = [await ask(organizationId), await ask(randomUUID())]
      assert.deepEqual(withoutRequestId(foreign.body), withoutRequestId(absent.body))
    })
  })

  describe('in Keycloak', { skip: !canReachKeycloak && 'Keycloak is out of reach' }, () => {
    test('the stored password is bcrypt, cost 12', async () => {
      const found = await keycloakAdmin('live-accounts', 'GET', `/users?username=${ada.userId}`)
      const [{ id }] = found.body as [{ id: string }]
      const { body } = await keycloakAdmin('live-accounts', 'GET', `/users/${id}/credentials`)
      const [password] = body as [{ type: string; credentialData: string }]
      assert.equal(password.type, 'password')
      const data = JSON.parse(password.credentialData)
      assert.equal(data.algorithm, 'bcrypt')
      assert.equal(data.hashIterations, 12)
    })

    test('a login leaves no session there', async () => {
      const found = await keycloakAdmin('live-accounts', 'GET', `/users?username=${ada.userId}`)
      const [{ id }] = found.body as [{ id: string }]
      await login(ada.email, ada.password)
      const { body } = await keycloakAdmin('live-accounts', 'GET', `/users/${id}/sessions`)
      assert.deepEqual(body, [])
    })

    test('with the shadow deleted by hand, the next switch fails', async () => {
      const carol = await signUp(site, 'carol')
      const organizationId = await createOrganization(site, carol, 'Shadowless')
      const realm = `live-org-${organizationId}`
      const ask = { token: carol.hubToken, body: { organizationId } }
      await must(site, 200, 'POST', '/auth/switch', ask)
      const found = await keycloakAdmin(realm, 'GET', `/users?username=${carol.userId}`)
      const [shadow] = found.body as [Record<string, unknown>]
      assert.equal(shadow.email, undefined)
      await keycloakAdmin(realm, 'DELETE', `/users/${shadow.id}`)
      await must(site, 404, 'POST', '/auth/switch', ask)
      await must(site, 404, 'POST', '/auth/switch', ask)
    })

    test('no built-in client answers, in any kind of realm', async () => {
      const organizationId = await createOrganization(site, await signUp(site, 'dora'), 'Doors')
      for (const realm of ['live-accounts', 'test-accounts', `live-org-${organizationId}`]) {
        for (const client of [
          'admin-cli',
          'account',
          'account-console',
          'security-admin-console',
        ]) {
          const { status, body } = await keycloakGrant(realm, {
            grant_type: 'password',
            client_id: client,
            username: ada.userId,
            password: ada.password,
          })
          assert.equal(status, 401, `${realm} ${client} ${JSON.stringify(body)}`)
        }
      }
    })
  })
})
