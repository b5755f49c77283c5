import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { instance } from './support/identity.ts'
import { call, must } from './support/instance.ts'
import { operate as ask, cannotOperate, operatorToken } from './support/operate.ts'
import { signUp } from './support/person.ts'

const site = instance as NonNullable<typeof instance>

describe('operator routes', { skip: cannotOperate }, () => {
  let token: string
  before(async () => {
    token = await operatorToken()
  })
  const operate = (method: string, path: string, body?: unknown) => ask(token, method, path, body)

  test('nothing without a token of the operators realm', async () => {
    const person = await signUp(site, 'no-operator')
    for (const wrong of ['x', person.hubToken, `${token.slice(0, -4)}AAAA`]) {
      assert.equal((await ask(wrong, 'GET', '/status')).status, 401)
    }
    assert.equal((await operate('GET', '/status')).status, 200)
  })

  test('status names every part', async () => {
    const { body } = await operate('GET', '/status')
    assert.deepEqual(Object.keys(body).sort(), [
      'database',
      'keycloak',
      'mail',
      'organizations',
      'redis',
      'uptimeSeconds',
      'version',
    ])
  })

  test('a key works from its creation, overlaps with its successor, and stops when revoked', async () => {
    const made = await operate('POST', '/keys', { kind: 'native', name: 'operator-test' })
    assert.equal(made.status, 201)
    const works = async (key: string) => (await call(site, 'GET', '/config', { key })).status
    assert.equal(await works(made.body.key), 200)
    const next = await operate('POST', `/keys/${made.body.id}/rotate`, { overlapMinutes: 10 })
    assert.equal(next.status, 201)
    assert.deepEqual([await works(made.body.key), await works(next.body.key)], [200, 200])
    await operate('POST', `/keys/${made.body.id}/revoke`)
    assert.deepEqual([await works(made.body.key), await works(next.body.key)], [401, 200])
    await operate('POST', `/keys/${next.body.id}/revoke`)
  })

  test('a second rotation gives the old key no time back', async () => {
    const made = await operate('POST', '/keys', { kind: 'native', name: 'operator-test' })
    const first = await operate('POST', `/keys/${made.body.id}/rotate`, { overlapMinutes: 1 })
    const second = await operate('POST', `/keys/${made.body.id}/rotate`, { overlapMinutes: 9000 })
    const { body } = await operate('GET', '/keys')
    const old = body.data.find((key: { id: string }) => key.id === made.body.id)
    assert.ok(Date.parse(old.expiresAt) < Date.now() + 61_000, old.expiresAt)
    for (const key of [made, first, second]) await operate('POST', `/keys/${key.body.id}/revoke`)
  })

  test('a secret key is shown once, and is not in the database in the clear', async () => {
    const made = await operate('POST', '/keys', { kind: 'secret', name: 'operator-test' })
    assert.match(made.body.key, /^authstack_sec_live_/)
    const { body } = await operate('GET', '/keys')
    const listed = body.data.find((key: { id: string }) => key.id === made.body.id)
    assert.equal(listed.key, null)
    await operate('POST', `/keys/${made.body.id}/revoke`)
  })

  test("the name of the hosted pages' key cannot be taken, nor a script be a redirect", async () => {
    const named = await operate('POST', '/keys', { kind: 'browser', name: 'pages' })
    assert.equal(named.status, 400)
    const script = { kind: 'browser', name: 'x', redirectUris: ['javascript:alert(1)'] }
    assert.equal((await operate('POST', '/keys', script)).status, 400)
  })

  test('staff find a person, end their sessions and unlock them', async () => {
    const person = await signUp(site, 'supported')
    const shown = await operate('GET', `/users/${encodeURIComponent(person.email)}`)
    assert.equal(shown.body.id, person.userId)
    for (let attempt = 0; attempt < 6; attempt++) {
      const { email } = person
      await call(site, 'POST', '/auth/login', { body: { email, password: 'a wrong password' } })
    }
    const credentials = { email: person.email, password: person.password }
    await must(site, 429, 'POST', '/auth/login', { body: credentials })
    await operate('POST', `/users/${person.userId}/unlock`)
    await must(site, 200, 'POST', '/auth/login', { body: credentials })
    const ended = await operate('POST', `/users/${person.userId}/revoke-sessions`)
    assert.equal(ended.body.revoked, 2)
    await must(site, 401, 'GET', '/me', { token: person.hubToken })
  })

  test('test mode knows nothing of live people', async () => {
    const person = await signUp(site, 'live-only')
    assert.equal((await operate('GET', `/users/${person.userId}?mode=test`)).status, 404)
  })
})
