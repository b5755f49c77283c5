import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { type Call, call, mailedToken, must, readInstance } from './support/instance.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const instance = readInstance()

describe('organizations over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  const tag = randomBytes(4).toString('hex')
  let owner: Person
  let orgId: string
  let token: string
  let org: string

  before(async () => {
    owner = await signUp(instance, 'Olga')
    orgId = await createOrganization(instance, owner, `Team ${tag}`)
    token = await tokenFor(instance, owner, orgId)
    org = `/organizations/${orgId}`
  })

  const post = (path: string, options: Call) => call(instance, 'POST', path, options)

  test('the creator owns it, with every permission, under a slug made of the name', async () => {
    const { body } = await must(instance, 200, 'GET', org, { token })
    assert.deepEqual(
      { slug: body.slug, role: body.role, name: body.name, plan: body.plan, logoUrl: body.logoUrl },
      { slug: `team-${tag}`, role: 'owner', name: `Team ${tag}`, plan: 'free', logoUrl: null },
    )
    assert.ok(body.permissions.includes('organization:delete'))
    assert.ok(body.permissions.every((name: string) => !name.includes('*')))
  })

  test('a repeated POST with the same Idempotency-Key creates once', async () => {
    const headers = { 'Idempotency-Key': randomUUID() }
    const send = (name: string) =>
      post('/organizations', { token: owner.hubToken, headers, body: { name } })
    const first = await send(`Twice ${tag}`)
    const second = await send(`Twice ${tag}`)
    assert.equal(first.status, 201)
    assert.deepEqual([second.status, second.body], [first.status, first.body])
    assert.equal((await send(`Other ${tag}`)).body.code, 'idempotency_mismatch')
    const list = await must(instance, 200, 'GET', '/organizations', { token: owner.hubToken })
    assert.equal(list.body.data.length, 2)
  })

  test('a given slug that is taken is 409, by creating and by renaming; so is a fourth organization', async () => {
    const slug = `team-${tag}`
    const taken = await post('/organizations', {
      token: owner.hubToken,
      body: { name: 'Other', slug: slug.toUpperCase() },
    })
    assert.deepEqual([taken.status, taken.body.code], [409, 'slug_taken'])
    const third = await post('/organizations', {
      token: owner.hubToken,
      body: { name: `Team ${tag}` },
    })
    assert.deepEqual([third.status, third.body.slug], [201, `${slug}-2`])
    const renamed = await call(instance, 'PATCH', org, { token, body: { slug: `${slug}-2` } })
    assert.deepEqual([renamed.status, renamed.body.code], [409, 'slug_taken'])
    const fourth = await post('/organizations', { token: owner.hubToken, body: { name: 'Four' } })
    assert.deepEqual([fourth.status, fourth.body.code], [409, 'limit_reached'])
  })

  test('bad input is 400 with a pointer, never 500', async () => {
    const cases: [string, string, unknown, string][] = [
      ['POST', '/organizations', { name: '' }, '/name'],
      ['POST', '/organizations', { name: 'a\u202eb' }, '/name'],
      ['POST', '/organizations', { name: 'half \ud800' }, '/name'],
      ['POST', `${org}/invitations`, { email: 'a@b.example', role: 'x\0' }, '/role'],
      ['PATCH', '/me', { fields: { 'a\0b': 1 } }, '/fields'],
      ['POST', '/organizations', { name: 'a', slug: '-x' }, '/slug'],
      ['POST', '/organizations', { name: 'a', owner: 'me' }, '/owner'],
      ['POST', '/organizations', { name: 'a', plan: 'gold' }, '/plan'],
      ['PATCH', org, { logoUrl: 'javascript:alert(1)' }, '/logoUrl'],
      ['POST', `${org}/invitations`, { email: 'nobody', role: 'member' }, '/email'],
      ['POST', `${org}/invitations`, { email: 'a@b.example', role: 'emperor' }, '/role'],
      ['PATCH', `${org}/members/${owner.userId}`, { role: 7 }, '/role'],
      ['PATCH', '/me', { email: 'x@y.example' }, '/email'],
    ]
    for (const [method, path, body, pointer] of cases) {
      const asked = await call(instance, method, path, { token, body })
      assert.equal(asked.status, 400, `${method} ${path} ${JSON.stringify(body)}`)
      assert.equal(asked.body.errors[0].pointer, pointer)
    }
    const cursor = await call(instance, 'GET', `${org}/members?after=xx`, { token })
    assert.deepEqual([cursor.status, cursor.body.errors[0].pointer], [400, '/query/after'])
    const nul = await call(instance, 'GET', `${org}/members?search=%00`, { token })
    assert.deepEqual([nul.status, nul.body.errors[0].pointer], [400, '/query/search'])
  })

  test('roles and permissions are listed, expanded, with pages', async () => {
    const roles = await must(instance, 200, 'GET', `${org}/roles`, { token })
    assert.equal(roles.body.data[0].slug, 'owner')
    const first = await must(instance, 200, 'GET', `${org}/permissions?limit=5`, { token })
    assert.equal(first.body.data.length, 5)
    assert.equal(first.body.page.hasMore, true)
    const next = await must(
      instance,
      200,
      'GET',
      `${org}/permissions?limit=5&after=${first.body.page.nextCursor}`,
      { token },
    )
    assert.notDeepEqual(next.body.data[0], first.body.data[0])
  })

  test('a new person signs up with the invitation: proved, joined, and signed in by password', async () => {
    const email = `new-${tag}@example.com`
    const password = `long enough ${tag}`
    const invited = await must(instance, 201, 'POST', `${org}/invitations`, {
      token,
      body: { email: email.toUpperCase(), role: 'VIEWER' },
    })
    assert.deepEqual(
      [invited.body.email, invited.body.role.slug, invited.body.status],
      [email, 'viewer', 'pending'],
    )
    assert.deepEqual(invited.body.invitedBy, { userId: owner.userId, name: 'Olga' })
    const invitationToken = await mailedToken(instance, email, 'Join')
    const shown = await must(instance, 200, 'POST', '/invitations/lookup', {
      body: { token: invitationToken },
    })
    assert.deepEqual([shown.body.email, shown.body.hasAccount], [email, false])
    const wrong = await post('/auth/signup', {
      body: { email: `other-${tag}@example.com`, password, invitationToken },
    })
    assert.deepEqual([wrong.status, wrong.body.code], [410, 'link_invalid'])
    const signedUp = await must(instance, 201, 'POST', '/auth/signup', {
      body: { email, password, invitationToken },
    })
    assert.deepEqual(signedUp.body, { status: 'verified' })
    const login = await must(instance, 200, 'POST', '/auth/login', {
      body: { email, password, organizationId: orgId },
    })
    assert.equal(login.body.organization.role, 'viewer')
    const denied = await post(`${org}/invitations`, {
      token: login.body.accessToken,
      body: { email: 'x@example.com', role: 'viewer' },
    })
    assert.deepEqual([denied.status, denied.body.code], [403, 'permission_denied'])
    const used = await post('/invitations/lookup', { body: { token: invitationToken } })
    assert.deepEqual([used.status, used.body.code], [410, 'link_invalid'])
  })

  test('a cancelled link is dead, a resent one replaces the first', async () => {
    const email = `again-${tag}@example.com`
    const { body } = await must(instance, 201, 'POST', `${org}/invitations`, {
      token,
      body: { email, role: 'member' },
    })
    const first = await mailedToken(instance, email, 'Join')
    await must(instance, 200, 'POST', `${org}/invitations/${body.id}/resend`, { token })
    const dead = await post('/invitations/lookup', { body: { token: first } })
    assert.equal(dead.body.code, 'link_invalid')
    await must(instance, 204, 'DELETE', `${org}/invitations/${body.id}`, { token })
    const gone = await call(instance, 'DELETE', `${org}/invitations/${body.id}`, { token })
    assert.equal(gone.status, 404)
  })

  test('members are found by name and address, in pages, and a wildcard is only a letter', async () => {
    const all = await must(instance, 200, 'GET', `${org}/members`, { token })
    assert.deepEqual(
      all.body.data.map((member: { role: { slug: string } }) => member.role.slug),
      ['owner', 'viewer'],
    )
    const page = await must(instance, 200, 'GET', `${org}/members?limit=1`, { token })
    const rest = await must(
      instance,
      200,
      'GET',
      `${org}/members?limit=1&after=${page.body.page.nextCursor}`,
      { token },
    )
    assert.deepEqual([...page.body.data, ...rest.body.data], all.body.data)
    assert.deepEqual(rest.body.page, { nextCursor: null, hasMore: false })
    const find = async (text: string) =>
      (
        await must(instance, 200, 'GET', `${org}/members?search=${encodeURIComponent(text)}`, {
          token,
        })
      ).body.data.length
    assert.deepEqual([await find('OLGA'), await find(`new-${tag}`), await find('%')], [1, 1, 0])
  })

  test('the trail tells what was done, by whom, newest first, without addresses', async () => {
    const { body } = await must(instance, 200, 'GET', `${org}/audit-events?limit=100`, { token })
    const actions = body.data.map((event: { action: string }) => event.action)
    assert.equal(actions.at(-1), 'organization.created')
    for (const action of ['invitation.created', 'invitation.accepted', 'invitation.cancelled']) {
      assert.ok(actions.includes(action), action)
    }
    assert.equal(body.data.at(-1).actor.id, owner.userId)
    assert.ok(!JSON.stringify(body).includes('@'))
  })

  test('the last owner stays; after another owner is made, the first may leave', async () => {
    const alone = await post(`${org}/leave`, { token })
    assert.deepEqual([alone.status, alone.body.code], [409, 'last_owner'])
    const members = await must(instance, 200, 'GET', `${org}/members`, { token })
    const viewer = members.body.data[1]
    const { body } = await must(instance, 200, 'PATCH', `${org}/members/${viewer.userId}`, {
      token,
      body: { role: 'Owner' },
    })
    assert.equal(body.role.slug, 'owner')
    await must(instance, 204, 'POST', `${org}/leave`, { token })
    assert.equal((await call(instance, 'GET', org, { token })).status, 404)
    const back = await post('/auth/switch', {
      token: owner.hubToken,
      body: { organizationId: orgId },
    })
    assert.equal(back.status, 404)
  })

  test('profile and sessions are the own ones', async () => {
    const me = await must(instance, 200, 'PATCH', '/me', {
      token: owner.hubToken,
      body: { lastName: 'Ross' },
    })
    assert.deepEqual([me.body.name, me.body.emailVerified], ['Olga Ross', true])
    const second = await must(instance, 200, 'POST', '/auth/login', {
      body: { email: owner.email, password: owner.password },
    })
    const sessions = await must(instance, 200, 'GET', '/me/sessions', {
      token: second.body.accessToken,
    })
    assert.equal(sessions.body.data.length, 2)
    const other = sessions.body.data.find((one: { current: boolean }) => !one.current)
    const stranger = await signUp(instance, 'Sly')
    const foreign = await call(instance, 'DELETE', `/me/sessions/${other.id}`, {
      token: stranger.hubToken,
    })
    assert.equal(foreign.status, 404)
    await must(instance, 204, 'DELETE', `/me/sessions/${other.id}`, {
      token: second.body.accessToken,
    })
    const ended = await call(instance, 'GET', '/me', { token: owner.hubToken })
    assert.deepEqual([ended.status, ended.body.code], [401, 'session_revoked'])
  })
})
