import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { instance } from './support/identity.ts'
import { type Call, call, must } from './support/instance.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const site = instance as NonNullable<typeof instance>
const SCOPES = ['organizations:read', 'organizations:write', 'users:read', 'users:write']

describe('backend routes', { skip: cannotOperate }, () => {
  let operator: string
  let secretKey: string
  let owner: Person
  let organizationId: string
  const keyIds: string[] = []

  const newKey = async (scopes: string[]) => {
    const made = await operate(operator, 'POST', '/keys', {
      kind: 'secret',
      name: 'backend-test',
      scopes,
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    keyIds.push(made.body.id)
    return String(made.body.key)
  }
  const ask = (
    method: string,
    path: string,
    body?: unknown,
    how: { key?: string; headers?: Record<string, string> } = {},
  ) =>
    call(site, method, `/backend${path}`, {
      key: '',
      headers: { 'X-AuthStack-Secret': how.key ?? secretKey, ...how.headers },
      ...(body === undefined ? {} : { body }),
    } satisfies Call)
  const isOnInKeycloak = async (userId: string): Promise<boolean> => {
    const client = new pg.Client({
      connectionString: String(site.pgSuperuserUrl).replace(/\/postgres$/, '/keycloak'),
    })
    await client.connect()
    try {
      const { rows } = await client.query('select enabled from user_entity where username = $1', [
        userId,
      ])
      return rows[0].enabled
    } finally {
      await client.end()
    }
  }
  const newEmail = () => `b-${randomBytes(5).toString('hex')}@backend.example`

  before(async () => {
    operator = await operatorToken()
    secretKey = await newKey(SCOPES)
    owner = await signUp(site, 'backend-owner')
    organizationId = await createOrganization(site, owner, 'Backend Test')
  })
  after(async () => {
    for (const id of keyIds) await operate(operator, 'POST', `/keys/${id}/revoke`)
  })

  test('an organization is made for its owner, found, and listed in pages', async () => {
    const made = await ask('POST', '/organizations', {
      name: `Made By Backend ${randomBytes(3).toString('hex')}`,
      owner: { email: owner.email.toUpperCase() },
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal(made.body.memberCount, 1)
    const shown = await ask('GET', `/organizations/${made.body.id}`)
    assert.deepEqual(shown.body, made.body)
    const token = await tokenFor(site, owner, made.body.id)
    const own = await must(site, 200, 'GET', `/organizations/${made.body.id}`, { token })
    assert.equal(own.body.role, 'owner')
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await ask('GET', `/organizations?limit=2${cursor && `&after=${cursor}`}`)
      seen.push(...body.data.map((one: { id: string }) => one.id))
      cursor = body.page.nextCursor ?? ''
    } while (cursor)
    assert.equal(new Set(seen).size, seen.length, 'no organization twice')
    assert.ok(seen.includes(made.body.id) && seen.includes(organizationId))
  })

  test('a repeated creation under one Idempotency-Key makes one organization', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const body = { name: 'Once Only', owner: { userId: owner.userId } }
    const first = await ask('POST', '/organizations', body, { headers })
    const second = await ask('POST', '/organizations', body, { headers })
    assert.deepEqual([first.status, second.status], [201, 201])
    assert.equal(second.body.id, first.body.id)
  })

  test('an owner who is nobody is a fault of the body, not a 404', async () => {
    const body = { name: 'Nobody’s', owner: { email: newEmail() } }
    const { status, body: problem } = await ask('POST', '/organizations', body)
    assert.equal(status, 400)
    assert.equal(problem.errors[0].pointer, '/owner')
  })

  test('a member is added without an invitation, given another role, and removed', async () => {
    const person = await signUp(site, 'backend-member')
    const at = `/organizations/${organizationId}/members`
    const added = await ask('POST', at, { user: { email: person.email }, role: 'viewer' })
    assert.equal(added.status, 201, JSON.stringify(added.body))
    assert.equal(added.body.role.slug, 'viewer')
    const again = await ask('POST', at, { user: { userId: person.userId }, role: 'admin' })
    assert.equal(again.status, 409)
    const token = await tokenFor(site, person, organizationId)
    await must(site, 403, 'POST', `/organizations/${organizationId}/invitations`, {
      token,
      body: { email: newEmail(), role: 'viewer' },
    })
    const raised = await ask('PATCH', `${at}/${person.userId}`, { role: 'admin' })
    assert.equal(raised.body.role.slug, 'admin')
    const found = await ask('GET', `${at}/${person.userId}`)
    assert.deepEqual(found.body, raised.body)
    const listed = await ask('GET', `${at}?search=${encodeURIComponent(person.email)}`)
    assert.deepEqual(listed.body.data, [raised.body])
    assert.equal((await ask('DELETE', `${at}/${person.userId}`)).status, 204)
    assert.equal((await ask('GET', `${at}/${person.userId}`)).status, 404)
    await must(site, 404, 'GET', `/organizations/${organizationId}`, { token })
    const ownerToken = await tokenFor(site, owner, organizationId)
    const trail = await must(site, 200, 'GET', `/organizations/${organizationId}/audit-events`, {
      token: ownerToken,
    })
    const [removed] = trail.body.data.filter(
      (event: { action: string }) => event.action === 'member.removed',
    )
    assert.equal(removed.data.via, 'backend')
    assert.ok(keyIds.includes(removed.data.key), 'and the trail names the key')
  })

  test('the last owner stays, whoever asks', async () => {
    const at = `/organizations/${organizationId}/members/${owner.userId}`
    for (const answer of [await ask('DELETE', at), await ask('PATCH', at, { role: 'viewer' })]) {
      assert.deepEqual([answer.status, answer.body.code], [409, 'last_owner'])
    }
  })

  test('a person is made, suspended with their session, taken back, and signed out', async () => {
    const email = newEmail()
    const password = `correct horse ${randomBytes(4).toString('hex')}`
    const made = await ask('POST', '/users', { email, password, emailVerified: true })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal((await ask('POST', '/users', { email })).status, 409)
    const at = `/users/${made.body.id}`
    const signIn = () => call(site, 'POST', '/auth/login', { body: { email, password } })
    const token = (await signIn()).body.accessToken
    await must(site, 200, 'GET', '/me', { token })
    const suspended = await ask('POST', `${at}/suspend`)
    assert.equal(suspended.body.state, 'disabled')
    assert.deepEqual((await ask('POST', `${at}/suspend`)).body, suspended.body, 'twice is once')
    await must(site, 401, 'GET', '/me', { token })
    assert.equal((await signIn()).status, 401)
    assert.equal(await isOnInKeycloak(made.body.id), false, 'the second wall')
    assert.equal((await ask('POST', `${at}/reactivate`)).body.state, 'active')
    assert.equal(await isOnInKeycloak(made.body.id), true)
    const back = await signIn()
    assert.equal(back.status, 200)
    assert.deepEqual((await ask('POST', `${at}/revoke-sessions`)).body, { revoked: 1 })
    await must(site, 401, 'GET', '/me', { token: back.body.accessToken })
    const found = await ask('GET', `/users?email=${encodeURIComponent(email)}`)
    assert.deepEqual(
      found.body.data.map((user: { id: string }) => user.id),
      [made.body.id],
    )
    assert.equal((await ask('GET', `/users/${randomUUID()}`)).status, 404)
  })

  test('the trail does not say that whom a backend suspends did it themselves', async () => {
    const person = await signUp(site, 'suspended-by-backend')
    await ask('POST', `/organizations/${organizationId}/members`, {
      user: { email: person.email },
      role: 'member',
    })
    for (const verb of ['suspend', 'reactivate', 'revoke-sessions']) {
      assert.equal((await ask('POST', `/users/${person.userId}/${verb}`)).status, 200)
    }
    const token = await tokenFor(site, owner, organizationId)
    for (const action of ['user.suspended', 'user.reactivated', 'user.sessions_revoked']) {
      const path = `/organizations/${organizationId}/audit-events?action=${action}`
      let events: { actor: object; target: object }[] = []
      for (let tries = 0; tries < 30 && events.length === 0; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 200))
        events = (await must(site, 200, 'GET', path, { token })).body.data
      }
      assert.deepEqual(events[0]?.actor, { kind: 'system', id: null }, action)
      assert.deepEqual(events[0]?.target, { kind: 'user', id: person.userId }, action)
    }
  })

  test('each route wants its scope, and a read scope writes nothing', async () => {
    const reader = await newKey(['organizations:read', 'users:read'])
    const other = await newKey(['introspect'])
    const body = { name: 'No', owner: { userId: owner.userId } }
    for (const [method, path, sent] of [
      ['POST', '/organizations', body],
      ['DELETE', `/organizations/${organizationId}/members/${owner.userId}`, undefined],
      ['POST', `/users/${owner.userId}/suspend`, undefined],
    ] as const) {
      const { status, body: problem } = await ask(method, path, sent, { key: reader })
      assert.deepEqual([status, problem.code], [403, 'scope_required'], path)
    }
    assert.equal((await ask('GET', '/organizations', undefined, { key: reader })).status, 200)
    assert.equal((await ask('GET', '/organizations', undefined, { key: other })).status, 403)
  })

  test('a page cannot use it, a publishable key is none, and test mode is another world', async () => {
    const headers = { Origin: 'https://app.example.com' }
    const page = await ask('GET', '/users', undefined, { headers })
    assert.equal(page.body.code, 'origin_not_allowed')
    const publishable = await ask('GET', '/users', undefined, { key: site.nativeKey })
    assert.deepEqual([publishable.status, publishable.body.code], [401, 'key_invalid'])
    const made = await operate(operator, 'POST', '/keys?mode=test', {
      kind: 'secret',
      name: 'backend-test',
      scopes: SCOPES,
    })
    const testKey = String(made.body.key)
    const path = `/organizations/${organizationId}`
    const foreign = await ask('GET', path, undefined, { key: testKey })
    const absent = await ask('GET', `/organizations/${randomUUID()}`, undefined, { key: testKey })
    assert.deepEqual([foreign.status, absent.status], [404, 404])
    await operate(operator, 'POST', `/keys/${made.body.id}/revoke?mode=test`)
  })
})
