import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { instance } from './support/identity.ts'
import { type Answer, call, must } from './support/instance.ts'
import { onLiveDatabase } from './support/live-database.ts'
import { assertMasked } from './support/masked.ts'
import { signUp, testMode } from './support/person.ts'
import { openTeam, type Team } from './support/team.ts'

describe('machine keys over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  let team: Team
  /** May all that machines can be let do. */
  let key: string
  let keyId: string
  const reads = ['members:view', 'members:invite', 'audit:view', 'departments:view']

  before(async () => {
    team = await openTeam(instance as never, 'Machines')
    const { body } = await team.must(201, 'POST', '/api-keys', { name: 'Sync', permissions: reads })
    key = body.key
    keyId = body.id
  })

  /** As a machine sends it: the key where others send a token, and no key of an app. */
  async function machine(
    sent: string,
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await fetch(`${instance?.api}/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${sent}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    }
  }
  const newKey = async (permissions: string[], more: object = {}) =>
    (await team.must(201, 'POST', '/api-keys', { name: 'Another', permissions, ...more })).body
  const members = (sent: string, how = {}) => machine(sent, 'GET', `${team.org}/members`, how)
  const introspect = (token: string) =>
    call(instance as never, 'POST', '/auth/introspect', {
      body: { token },
      headers: { 'X-AuthStack-Secret': String(instance?.secretKey) },
    })
  const codeOf = ({ status, body }: Answer) => [status, body?.code]

  test('a key is shown once, kept as a hash, and known by prefix and checksum', async () => {
    assert.match(key, /^authstack_org_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/)
    const { body } = await team.must(200, 'GET', '/api-keys')
    const listed = body.data.find((one: { id: string }) => one.id === keyId)
    assert.equal(listed.prefix, key.slice(0, 'authstack_org_live_12345678'.length))
    assert.deepEqual(listed.permissions, [...reads].sort())
    assert.equal(listed.createdBy, team.owner.userId)
    assert.ok(!JSON.stringify(body).includes(key))
    const [row] = await onLiveDatabase('select * from machine_keys where id = $1', [keyId])
    assert.deepEqual(row?.key_hash, createHash('sha256').update(key).digest())
    assert.ok(!JSON.stringify(row).includes(key.split('_')[4] as string), 'the secret is nowhere')
    assert.equal(
      (await team.ask('GET', `/api-keys/${keyId}`)).status,
      405,
      'there is no second look',
    )
  })

  test('it reads what it may: members, one member, roles, invitations, the trail', async () => {
    for (const path of [
      '/members',
      `/members/${team.owner.userId}`,
      '/roles',
      '/permissions',
      '/invitations',
      '/departments',
      '/audit-events',
    ]) {
      const answer = await machine(key, 'GET', `${team.org}${path}`)
      assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`)
    }
    const small = await newKey(['departments:view'])
    assert.deepEqual(codeOf(await members(small.key)), [403, 'permission_denied'])
    const audit = await machine(small.key, 'GET', `${team.org}/audit-events`)
    assert.deepEqual(codeOf(audit), [403, 'permission_denied'])
  })

  test('it invites, and the trail says which key it was', async () => {
    const email = `machine-${keyId.slice(0, 8)}@example.com`
    const body = { email, role: 'viewer' }
    const above = await machine(key, 'POST', `${team.org}/invitations`, {
      body: { email, role: 'owner' },
    })
    assert.deepEqual(codeOf(above), [403, 'permission_denied'], 'no role above its own permissions')
    const viewer = await newKey([...reads, 'projects:view'])
    const made = await machine(viewer.key, 'POST', `${team.org}/invitations`, { body })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal(made.body.invitedBy.name, null)
    const trail = await team.must(200, 'GET', `/audit-events?actor=${viewer.id}`)
    assert.deepEqual(
      trail.body.data.map((event: { action: string; actor: object }) => [
        event.action,
        event.actor,
      ]),
      [['invitation.created', { kind: 'api_key', id: viewer.id }]],
    )
    const gone = await machine(key, 'DELETE', `${team.org}/invitations/${made.body.id}`)
    assert.equal(gone.status, 204)
  })

  test('an Idempotency-Key of a machine is its own', async () => {
    const viewer = await newKey([...reads, 'projects:view'])
    const body = { email: `twice-${viewer.id.slice(0, 8)}@example.com`, role: 'viewer' }
    const send = (sent: string) =>
      machine(sent, 'POST', `${team.org}/invitations`, {
        body,
        headers: { 'Idempotency-Key': 'same' },
      })
    const [first, second] = [await send(viewer.key), await send(viewer.key)]
    assert.deepEqual(second.body, first.body)
    const other = await newKey([...reads, 'projects:view'])
    assert.notEqual((await send(other.key)).body.id, first.body.id)
  })

  test('pages, other routes, and anything that is not quite the key are refused', async () => {
    for (const headers of [
      { Origin: 'https://app.example.com' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      assert.deepEqual(codeOf(await members(key, { headers })), [403, 'origin_not_allowed'])
    }
    const flipped = key.slice(0, -1) + (key.endsWith('a') ? 'b' : 'a')
    for (const sent of [
      flipped,
      `${key}x`,
      key.replace('_live_', '_test_'),
      'authstack_org_live_x',
    ]) {
      assert.deepEqual(codeOf(await members(sent)), [401, 'key_invalid'])
    }
    const elsewhere: [string, string, unknown?][] = [
      ['GET', team.org],
      ['PATCH', `${team.org}/members/${team.owner.userId}`, { role: 'viewer' }],
      ['POST', `${team.org}/api-keys`, { name: 'More', permissions: ['members:view'] }],
      ['GET', `${team.org}/api-keys`],
      ['POST', `${team.org}/roles`, { name: 'More', permissions: [] }],
      ['GET', '/me'],
    ]
    for (const [method, path, body] of elsewhere) {
      const answer = await machine(key, method, path, body === undefined ? {} : { body })
      assert.deepEqual(codeOf(answer), [401, 'key_required'], `${method} ${path}`)
      const withKey = await machine(key, method, path, {
        ...(body === undefined ? {} : { body }),
        headers: { 'X-AuthStack-Key': String(instance?.nativeKey) },
      })
      assert.deepEqual(
        codeOf(withKey),
        [401, 'token_invalid'],
        `${method} ${path} with an app's key`,
      )
    }
    const asApp = await call(instance as never, 'GET', '/config', { key })
    assert.deepEqual(codeOf(asApp), [401, 'key_invalid'], 'nor is it the key of an app')
  })

  test('another organization looks like none at all, with its id in the path or in a header', async () => {
    const foreign = await machine(key, 'GET', `${team.other.org}/members`)
    await assertMasked(instance as never, foreign, { token: team.token }, 'a foreign organization')
    const named = await members(key, { headers: { 'X-Tenant-ID': team.other.id } })
    assert.deepEqual(codeOf(named), [404, 'not_found'])
    for (const [method, path, body] of [
      ['POST', `/api-keys/${keyId}/rotate`, {}],
      ['DELETE', `/api-keys/${keyId}`, undefined],
    ] as const) {
      const sending = { token: team.other.token, ...(body ? { body } : {}) }
      const answer = await call(instance as never, method, `${team.other.org}${path}`, sending)
      await assertMasked(
        instance as never,
        answer,
        { token: team.other.token },
        `${method} a foreign key`,
      )
    }
    assert.equal((await members(key)).status, 200)
  })

  test('a test key opens nothing of live mode, and a live one nothing of test mode', async (t) => {
    const how = await testMode(instance as never)
    if (!how) return t.skip('no test key')
    const tester = await signUp(instance as never, 'Tess', how)
    const { body: organization } = await must(instance as never, 201, 'POST', '/organizations', {
      ...how,
      token: tester.hubToken,
      body: { name: 'In test' },
    })
    const orgId = organization.id
    const { body: token } = await must(instance as never, 200, 'POST', '/auth/switch', {
      ...how,
      token: tester.hubToken,
      body: { organizationId: orgId },
    })
    const { body: made } = await must(
      instance as never,
      201,
      'POST',
      `/organizations/${orgId}/api-keys`,
      { ...how, token: token.accessToken, body: { name: 'Test', permissions: ['members:view'] } },
    )
    assert.match(made.key, /^authstack_org_test_/)
    assert.equal((await machine(made.key, 'GET', `/organizations/${orgId}/members`)).status, 200)
    assert.deepEqual(codeOf(await members(made.key)), [404, 'not_found'])
    const liveInTest = await machine(key, 'GET', `/organizations/${orgId}/members`)
    assert.deepEqual(codeOf(liveInTest), [404, 'not_found'])
    assert.deepEqual((await introspect(made.key)).body, { active: false })
  })

  test('nobody makes or rotates a key above themselves; whoever edits keys may end any', async () => {
    await team.must(201, 'POST', '/roles', {
      name: 'Key keepers',
      permissions: ['api-keys:*', 'members:view'],
    })
    const keeper = await team.join('Kira', 'key-keepers')
    const by = keeper.token
    const body = (permissions: string[]) => ({ name: 'Theirs', permissions })
    for (const permissions of [['audit:view'], ['*'], ['members:*']]) {
      const answer = await team.ask('POST', '/api-keys', body(permissions), by)
      assert.deepEqual(codeOf(answer), [403, 'permission_denied'], permissions[0])
    }
    const unknown = await team.ask('POST', '/api-keys', body(['members:fly']), by)
    assert.equal(unknown.body.errors[0].code, 'unknown_permission')
    assert.equal((await team.ask('POST', '/api-keys', body([]), by)).status, 400)
    const above = await newKey(['audit:view'])
    const rotated = await team.ask('POST', `/api-keys/${above.id}/rotate`, {}, by)
    assert.deepEqual(codeOf(rotated), [403, 'permission_denied'])
    assert.equal((await team.ask('DELETE', `/api-keys/${above.id}`, undefined, by)).status, 204)
    // What a key may do stays when its maker goes: machines must not stop with a person.
    const theirs = await team.ask('POST', '/api-keys', body(['members:view']), by)
    await team.must(204, 'DELETE', `/members/${keeper.person.userId}`)
    assert.equal((await members(theirs.body.key)).status, 200)
  })

  test('a rotated key works on for its overlap, and has one successor', async () => {
    const old = await newKey(['members:view'], { expiresInDays: 10 })
    const { body: next } = await team.must(201, 'POST', `/api-keys/${old.id}/rotate`, {
      overlapMinutes: 5,
    })
    assert.deepEqual(next.permissions, ['members:view'])
    assert.notEqual(next.key, old.key)
    assert.equal((await members(old.key)).status, 200)
    assert.equal((await members(next.key)).status, 200)
    const again = await team.ask('POST', `/api-keys/${old.id}/rotate`, {})
    assert.deepEqual(codeOf(again), [409, 'conflict'])
    const { body } = await team.must(200, 'GET', '/api-keys')
    const listed = body.data.find((one: { id: string }) => one.id === old.id)
    assert.equal(listed.replacedBy, next.id)
    assert.ok(new Date(listed.expiresAt).getTime() <= Date.now() + 5 * 60_000 + 5_000)
    assert.ok(new Date(next.expiresAt).getTime() > Date.now() + 9 * 24 * 3_600_000)
    const { body: last } = await team.must(201, 'POST', `/api-keys/${next.id}/rotate`, {
      overlapMinutes: 0,
    })
    assert.deepEqual(codeOf(await members(next.key)), [401, 'key_invalid'], 'no overlap, at once')
    assert.equal((await members(last.key)).status, 200)
  })

  test('revoked and expired keys are refused on the next request', async () => {
    const revoked = await newKey(['members:view'])
    assert.equal((await members(revoked.key)).status, 200)
    await team.must(204, 'DELETE', `/api-keys/${revoked.id}`)
    assert.deepEqual(codeOf(await members(revoked.key)), [401, 'key_invalid'])
    await team.must(204, 'DELETE', `/api-keys/${revoked.id}`)
    const rotated = await team.ask('POST', `/api-keys/${revoked.id}/rotate`, {})
    assert.deepEqual(codeOf(rotated), [409, 'conflict'])
    const shown = await team.must(200, 'GET', '/api-keys?status=all')
    const listed = shown.body.data.find((one: { id: string }) => one.id === revoked.id)
    assert.ok(listed.revokedAt)
    const ended = await newKey(['members:view'], { expiresInDays: 1 })
    assert.equal((await members(ended.key)).status, 200)
    await onLiveDatabase(
      `update machine_keys set expires_at = now() + interval '1 second' where id = $1`,
      [ended.id],
    )
    assert.equal((await members(ended.key)).status, 200)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    assert.deepEqual(codeOf(await members(ended.key)), [401, 'key_invalid'])
    const trail = await team.must(200, 'GET', '/audit-events?action=api_key.*')
    const actions = new Set(trail.body.data.map((event: { action: string }) => event.action))
    assert.deepEqual([...actions].sort(), ['api_key.created', 'api_key.revoked', 'api_key.rotated'])
  })

  test('the last use is written down, to the minute', async () => {
    const fresh = await newKey(['members:view'])
    assert.equal(fresh.lastUsedAt, null)
    await members(fresh.key)
    await members(fresh.key)
    let used: unknown = null
    for (const end = Date.now() + 3_000; !used && Date.now() < end; ) {
      const [row] = await onLiveDatabase('select last_used_at from machine_keys where id = $1', [
        fresh.id,
      ])
      used = row?.last_used_at
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    assert.ok(used)
    await members(fresh.key)
    const [row] = await onLiveDatabase('select last_used_at from machine_keys where id = $1', [
      fresh.id,
    ])
    assert.deepEqual(row?.last_used_at, used)
  })

  test('introspection knows a key, what it may do now, and when it is dead', async (t) => {
    if (!instance?.secretKey) return t.skip('no secret key')
    const one = await newKey(['members:view'], { expiresInDays: 2 })
    const { body } = await introspect(one.key)
    assert.equal(body.active, true)
    assert.deepEqual(
      [body.org_id, body.permissions, body.key_id, body.sub],
      [team.id, ['members:view'], one.id, undefined],
    )
    assert.equal(body.exp, Math.floor(new Date(one.expiresAt).getTime() / 1000))
    await team.must(204, 'DELETE', `/api-keys/${one.id}`)
    assert.deepEqual((await introspect(one.key)).body, { active: false })
    assert.deepEqual((await introspect('authstack_org_live_made-up')).body, { active: false })
  })

  test('the keys of a deleted organization open nothing', async () => {
    const doomed = await openTeam(instance as never, 'Doomed')
    const { body } = await doomed.must(201, 'POST', '/api-keys', {
      name: 'Last',
      permissions: ['members:view'],
    })
    const list = () => machine(body.key, 'GET', `${doomed.org}/members`)
    assert.equal((await list()).status, 200)
    await doomed.must(202, 'DELETE', '')
    assert.deepEqual(codeOf(await list()), [401, 'key_invalid'])
    assert.deepEqual((await introspect(body.key)).body, { active: false })
  })
})
