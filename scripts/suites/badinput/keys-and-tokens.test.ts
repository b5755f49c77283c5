import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { call, callOk } from '../lib/call.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import { instance } from '../lib/instance.ts'
import { tampered, unsigned } from '../lib/jwt.ts'
import { newKey, operate } from '../lib/operator.ts'
import {
  newOrganization,
  newPerson,
  type Organization,
  type Person,
  tokenFor,
  unique,
} from '../lib/people.ts'

const { liveKey, testKey, nativeKey, app } = instance()
const login = { email: 'nobody@example.test', password: 'Whatever-it-is-1' }

describe('an API key', () => {
  test('is needed, and a garbled one is refused', async () => {
    expectProblem(await call('GET', 'config', { key: null }), 401, 'key_required')
    const last = nativeKey.at(-1) === 'a' ? 'b' : 'a'
    for (const key of [
      'ask_live_x',
      nativeKey.slice(0, -1) + last,
      nativeKey.replace('ask_live_', 'ask_test_'),
      nativeKey.repeat(60),
    ]) {
      expectProblem(await call('GET', 'config', { key }), 401, 'key_invalid')
    }
  })

  test('of a browser is refused from another origin, from none, and from look-alikes', async () => {
    const wrong = [
      undefined,
      'null',
      'https://evil.example',
      `${app}.evil.example`,
      app.replace('http:', 'https:'),
      `${app}0`,
      `${app}/`,
      app.replace('localhost', 'LOCALHOST.'),
    ]
    for (const origin of wrong) {
      const answer = await call('POST', 'auth/login', { key: liveKey, origin, json: login })
      expectProblem(answer, 403, 'origin_not_allowed')
      assert.equal(answer.headers['access-control-allow-origin'], undefined, origin)
    }
    const right = await call('POST', 'auth/login', { key: liveKey, origin: app, json: login })
    expectProblem(right, 401, 'invalid_credentials')
    assert.equal(right.headers['access-control-allow-origin'], app)
    assert.equal(right.headers['access-control-allow-credentials'], 'true')
    assert.match(String(right.headers.vary), /origin/i)
  })

  test('preflight allows the listed origin only', async () => {
    const ask = (origin: string) =>
      call('OPTIONS', 'auth/login', {
        key: null,
        origin,
        headers: {
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-authstack-key',
        },
      })
    const good = await ask(app)
    assert.equal(good.headers['access-control-allow-origin'], app)
    assert.match(String(good.headers['access-control-allow-headers']), /x-authstack-key/i)
    const bad = await ask('https://evil.example')
    assert.notEqual(bad.headers['access-control-allow-origin'], 'https://evil.example')
    assert.notEqual(bad.headers['access-control-allow-origin'], '*')
  })

  test('that is new lets its origin in within a second: its first page must not fail', async () => {
    const origin = `https://${unique()}.example.test`
    const preflight = () =>
      call('OPTIONS', 'config', {
        key: null,
        origin,
        headers: {
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'x-authstack-key',
        },
      })
    assert.equal((await preflight()).headers['access-control-allow-origin'], undefined)
    const { key } = await newKey({ kind: 'browser', origins: [origin] })
    await sleep(700)
    assert.equal((await preflight()).headers['access-control-allow-origin'], origin)
    await callOk('GET', 'config', { key, origin })
  })

  test('of cookie delivery puts no refresh token in the body, and a strict cookie instead', async () => {
    const person = await newPerson('cookie')
    const json = { email: person.email, password: person.password }
    const answer = await call('POST', 'auth/login', { key: liveKey, origin: app, json })
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.body.refreshToken, undefined)
    const cookie = String(answer.headers['set-cookie'])
    assert.match(cookie, /^__Host-as_[\w-]+_live_\w+=/)
    for (const flag of [
      /;\s*secure/i,
      /;\s*httponly/i,
      /;\s*samesite=strict/i,
      /;\s*path=\/(;|$)/i,
    ]) {
      assert.match(cookie, flag)
    }
    assert.doesNotMatch(cookie, /domain=/i)
    const pair = cookie.split(';')[0] ?? ''
    const refresh = (
      headers: Record<string, string>,
      origin?: string,
      key: string | null = liveKey,
    ) =>
      call('POST', 'auth/refresh', { key, origin, json: {}, headers: { cookie: pair, ...headers } })
    assert.equal((await refresh({}, app)).status, 200)
    expectProblem(await refresh({}, 'https://evil.example'), 403, 'origin_not_allowed')
    expectProblem(await refresh({}), 403, 'origin_not_allowed')
    expectProblem(await refresh({}, app, null), 401, 'key_required')
    const form = { 'content-type': 'text/plain' }
    expectProblem(await refresh(form, app), 415, 'unsupported_media_type')
  })

  test('that is secret is refused when a browser sends it', async () => {
    const secret = await newKey({ kind: 'secret', scopes: ['introspect'] })
    const { accessToken } = await newPerson('introspected')
    const ask = (headers: Record<string, string>) =>
      call('POST', 'auth/introspect', { key: secret.key, json: { token: accessToken }, headers })
    const server = await ask({})
    assert.equal(server.status, 200, server.text)
    assert.equal(server.body.active, true)
    for (const headers of [
      { origin: app },
      { 'sec-fetch-site': 'same-origin' },
      { cookie: 'a=b' },
    ]) {
      const answer = await ask(headers as unknown as Record<string, string>)
      if ('cookie' in headers) continue
      assert.ok([401, 403].includes(answer.status), `${JSON.stringify(headers)}: ${answer.text}`)
    }
  })

  test('that is publishable cannot introspect', async () => {
    const { accessToken: token } = await newPerson('introspected')
    const answer = await call('POST', 'auth/introspect', { json: { token } })
    assert.ok([401, 403].includes(answer.status), `${answer.status} ${answer.text}`)
  })

  test('that was revoked is refused at once, and a rotated one lives on with its successor', async () => {
    const key = await newKey({ kind: 'native' })
    await callOk('GET', 'config', { key: key.key })
    const rotated = await operate('POST', `keys/${key.id}/rotate`, { overlapMinutes: 5 })
    assert.equal(rotated.status, 201, rotated.text)
    await callOk('GET', 'config', { key: key.key })
    await callOk('GET', 'config', { key: rotated.body.key })
    assert.ok((await operate('POST', `keys/${key.id}/revoke`, {})).status < 300)
    expectProblem(await call('GET', 'config', { key: key.key }), 401, 'key_invalid')
    await callOk('GET', 'config', { key: rotated.body.key })
  })

  test('of test mode sees nothing of live data', async () => {
    const test = await newKey({ kind: 'native' }, 'test')
    assert.match(test.key, /^ask_test_/)
    const person = await newPerson('live')
    const organization = await newOrganization(person)
    const token = await tokenFor(person, organization.id)
    const json = { email: person.email, password: person.password }
    expectProblem(
      await call('POST', 'auth/login', { key: test.key, json }),
      401,
      'invalid_credentials',
    )
    const refresh = { refreshToken: person.refreshToken }
    expectProblem(
      await call('POST', 'auth/refresh', { key: test.key, json: refresh }),
      401,
      'refresh_invalid',
    )
    for (const path of ['me', 'organizations', `organizations/${organization.id}`]) {
      const answer = await call('GET', path, { key: test.key, token })
      assert.ok([401, 404].includes(answer.status), `${path}: ${answer.status} ${answer.text}`)
    }
    const browser = await call('GET', 'me', { key: testKey, origin: app, token })
    assert.ok([401, 404].includes(browser.status), browser.text)
    const double = await newPerson('double', test.key)
    const hers = await callOk('GET', 'me', { key: test.key, token: double.accessToken })
    assert.equal(hers.id, double.id)
    expectProblem(await call('GET', 'me', { token: double.accessToken }), 401, 'token_invalid')
  })
})

describe('an access token', () => {
  let person: Person
  let organization: Organization
  let token: string
  before(async () => {
    person = await newPerson('bearer')
    organization = await newOrganization(person)
    token = await tokenFor(person, organization.id)
  })
  const me = (bearer: string) => call('GET', 'me', { token: bearer })

  test('is needed, and a good one is taken', async () => {
    assert.equal((await me(token)).status, 200)
    expectProblem(await call('GET', 'me'), 401, 'token_required')
    const basic = { headers: { authorization: `Basic ${token}` } }
    expectProblem(await call('GET', 'me', basic), 401, ['token_required', 'token_invalid'])
  })

  test('that was changed, cut, unsigned or signed with the public key is refused', async () => {
    const jwks = (await callOk('GET', `issuers/${organization.id}/jwks.json`, { key: null })).keys
    const [, claims] = token.split('.')
    const head = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
    const mac = createHmac('sha256', JSON.stringify(jwks[0])).update(`${head}.${claims}`)
    const bad = {
      'another subject': tampered(token, { sub: '00000000-0000-4000-8000-000000000000' }),
      'more permissions': tampered(token, { permissions: ['organization:delete'] }),
      'a later end': tampered(token, { exp: 4102444800 }),
      'alg none': unsigned(token),
      'HS256 with the public key': `${head}.${claims}.${mac.digest('base64url')}`,
      'a cut signature': token.slice(0, -10),
      'no signature': `${token.split('.').slice(0, 2).join('.')}.`,
      'another issuer': tampered(token, { iss: 'https://evil.example/realms/live-org-x' }),
      garbage: 'a.b.c',
    }
    for (const [name, bearer] of Object.entries(bad)) {
      const answer = await me(bearer)
      assert.equal(answer.status, 401, `${name}: ${answer.status} ${answer.text}`)
      // A session that is not this subject's is refused before the signature is even looked at.
      const codes = ['token_invalid', ...(name === 'another subject' ? ['session_revoked'] : [])]
      expectProblem(answer, 401, codes)
    }
  })

  test('for the customer’s backend is refused by the API, and the other way round', async () => {
    const { accessToken } = await callOk('POST', 'auth/app-token', {
      token,
      json: { organizationId: organization.id },
    })
    expectProblem(await me(accessToken), 401, 'token_invalid')
    const remove = await call('POST', `organizations/${organization.id}/leave`, {
      token: accessToken,
      json: {},
    })
    expectProblem(remove, 401, 'token_invalid')
  })

  test('of one organization does not open the other, whatever the header says', async () => {
    const second = await newOrganization(person)
    for (const tenant of [undefined, second.id, organization.id]) {
      const path = `organizations/${second.id}/members`
      expectProblem(await call('GET', path, { token, tenant }), 404, 'not_found')
    }
    const path = `organizations/${organization.id}/members`
    expectProblem(await call('GET', path, { token, tenant: second.id }), 404, 'not_found')
    assert.equal((await call('GET', path, { token, tenant: organization.id })).status, 200)
  })
})
