import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { call, mailedToken, must, readInstance, superuserUrl } from './support/instance.ts'
import { onLiveDatabase } from './support/live-database.ts'
import { assertMasked } from './support/masked.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const instance = readInstance()

describe('deleting, restoring and handing over an organization over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  const tag = randomBytes(4).toString('hex')
  let owner: Person
  let member: Person
  let stranger: Person
  let orgId: string
  let org: string
  let token: string
  let memberToken: string

  before(async () => {
    ;[owner, member, stranger] = await Promise.all([
      signUp(instance, 'Olga'),
      signUp(instance, 'Mia'),
      signUp(instance, 'Sly'),
    ])
    orgId = await createOrganization(instance, owner, `Gone ${tag}`)
    org = `/organizations/${orgId}`
    token = await tokenFor(instance, owner, orgId)
    await must(instance, 201, 'POST', `${org}/invitations`, {
      token,
      body: { email: member.email, role: 'admin' },
    })
    await must(instance, 200, 'POST', '/invitations/accept', {
      token: member.hubToken,
      body: { token: await mailedToken(instance, member.email, 'Join') },
    })
    memberToken = await tokenFor(instance, member, orgId)
  })

  test('branding and default role are changed, shown to members, and bad ones refused', async () => {
    const changed = await must(instance, 200, 'PATCH', org, {
      token,
      body: { branding: { primaryColor: '#AA00ff' }, settings: { defaultRole: 'Viewer' } },
    })
    assert.deepEqual(changed.body.branding, { primaryColor: '#aa00ff' })
    assert.deepEqual(changed.body.settings, { defaultRole: 'viewer' })
    const seen = await must(instance, 200, 'GET', org, { token: memberToken })
    assert.deepEqual(seen.body.branding, { primaryColor: '#aa00ff' })
    const bad: [unknown, string][] = [
      [
        { branding: { primaryColor: 'red;background:url(//evil.example)' } },
        '/branding/primaryColor',
      ],
      [{ branding: { primaryColor: null, css: 'x' } }, '/branding/css'],
      [{ settings: { defaultRole: 'emperor' } }, '/settings/defaultRole'],
      [{ settings: { defaultRole: 'owner' } }, '/settings/defaultRole'],
    ]
    for (const [body, pointer] of bad) {
      const answer = await call(instance, 'PATCH', org, { token, body })
      assert.deepEqual([answer.status, answer.body.errors?.[0]?.pointer], [400, pointer])
    }
    const reset = await must(instance, 200, 'PATCH', org, {
      token,
      body: { branding: { primaryColor: null }, settings: { defaultRole: null } },
    })
    assert.deepEqual(reset.body.branding, { primaryColor: null })
    assert.deepEqual(reset.body.settings, { defaultRole: 'member' })
  })

  test('only an owner hands the ownership over, to an active member, and becomes admin', async () => {
    const hand = (userId: string, by = token) =>
      call(instance, 'POST', `${org}/transfer-ownership`, { token: by, body: { userId } })
    const byAdmin = await hand(owner.userId, memberToken)
    assert.deepEqual([byAdmin.status, byAdmin.body.code], [403, 'permission_denied'])
    await assertMasked(instance, await hand(stranger.userId), { token }, 'to a stranger')
    assert.equal((await hand(owner.userId)).body.code, 'conflict')
    const done = await hand(member.userId)
    assert.deepEqual([done.status, done.body.role], [200, 'admin'])
    const now = await must(instance, 200, 'GET', org, { token: memberToken })
    assert.equal(now.body.role, 'owner')
    const again = await hand(owner.userId)
    assert.equal(again.status, 403, 'with the token from before, too')
    const back = await hand(owner.userId, memberToken)
    assert.equal(back.status, 200)
  })

  test('deleting needs the permission, and a fresh sign-in', async () => {
    const byAdmin = await call(instance, 'DELETE', org, { token: memberToken })
    assert.deepEqual([byAdmin.status, byAdmin.body.code], [403, 'permission_denied'])
    if (!superuserUrl()) return
    const old = `update sessions set auth_time = auth_time - interval '11 minutes' where user_id = $1`
    await onLiveDatabase(old, [owner.userId])
    for (const [method, path, body] of [
      ['DELETE', org, undefined],
      ['POST', `${org}/transfer-ownership`, { userId: member.userId }],
    ] as const) {
      const stale = await call(instance, method, path, { token, ...(body ? { body } : {}) })
      assert.deepEqual([stale.status, stale.body.code], [401, 'step_up_required'])
      assert.deepEqual(stale.body.methods, ['password'])
    }
    await onLiveDatabase(old.replace('- interval', '+ interval'), [owner.userId])
  })

  test('deleted, it is gone for everybody at the next request, and no token is minted for it', async () => {
    const { body } = await must(instance, 202, 'DELETE', org, { token })
    assert.equal(body.status, 'deleted')
    assert.ok(new Date(body.restorableUntil) > new Date())
    for (const [who, how] of [
      ['owner', token],
      ['admin', memberToken],
    ] as const) {
      for (const path of [org, `${org}/members`, `${org}/roles`]) {
        const answer = await call(instance, 'GET', path, { token: how })
        await assertMasked(instance, answer, { token: how }, `${who} ${path}`)
      }
    }
    const switched = await call(instance, 'POST', '/auth/switch', {
      token: owner.hubToken,
      body: { organizationId: orgId },
    })
    await assertMasked(instance, switched, { token }, 'switch')
    const appToken = await call(instance, 'POST', '/auth/app-token', {
      token: owner.hubToken,
      body: { organizationId: orgId },
    })
    await assertMasked(instance, appToken, { token }, 'app token')
    const keys = await fetch(`${instance.api}/api/v1/issuers/${orgId}/jwks.json`)
    assert.equal(keys.status, 404, 'backends trust it no longer')
    const login = await call(instance, 'POST', '/auth/login', {
      body: { email: owner.email, password: owner.password, organizationId: orgId },
    })
    assert.equal(login.status, 404)
    const again = await call(instance, 'DELETE', org, { token })
    await assertMasked(instance, again, { token }, 'deleting it again')
  })

  test('only its owner can list it among the deleted ones and restore it, with all that it had', async () => {
    const list = async (person: Person) =>
      (
        await must(instance, 200, 'GET', '/organizations?status=deleted', {
          token: person.hubToken,
        })
      ).body.data
    for (const other of [member, stranger]) {
      assert.deepEqual(await list(other), [])
      const answer = await call(instance, 'POST', `${org}/restore`, { token: other.hubToken })
      await assertMasked(instance, answer, { token: other.hubToken }, 'restore')
    }
    const [deleted] = await list(owner)
    assert.equal(deleted.id, orgId)
    assert.ok(new Date(deleted.restorableUntil) > new Date())
    const restored = await must(instance, 200, 'POST', `${org}/restore`, { token: owner.hubToken })
    assert.deepEqual(
      [restored.body.slug, restored.body.role, restored.body.restorableUntil],
      [`gone-${tag}`, 'owner', null],
    )
    const members = await must(instance, 200, 'GET', `${org}/members`, { token: memberToken })
    assert.equal(members.body.data.length, 2)
    await tokenFor(instance, member, orgId)
    const { body } = await must(instance, 200, 'GET', `${org}/audit-events`, { token })
    const actions = body.data.map((event: { action: string }) => event.action)
    for (const action of [
      'organization.deleted',
      'organization.restored',
      'organization.ownership_transferred',
    ]) {
      assert.ok(actions.includes(action), action)
    }
  })

  test('a sign-in is written down as use, so that a test organization in use is never idle', async () => {
    if (!superuserUrl()) return
    const id = await createOrganization(instance, owner, `Used ${tag}`)
    const [row] = await onLiveDatabase(
      `update organizations set last_used_at = now() - interval '8 days' where tenant_id = $1
       returning last_used_at`,
      [id],
    )
    await tokenFor(instance, owner, id)
    const isNoted = async () => {
      const [now] = await onLiveDatabase(
        'select last_used_at from organizations where tenant_id = $1',
        [id],
      )
      return (now?.last_used_at as Date) > (row?.last_used_at as Date)
    }
    for (const end = Date.now() + 5000; !(await isNoted()) && Date.now() < end; ) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    assert.ok(await isNoted())
  })

  test('the staff list it among the deleted ones, and can bring it back too', async () => {
    if (cannotOperate) return
    const staff = await operatorToken()
    const deleted = async () =>
      (await operate(staff, 'GET', '/organizations?status=deleted')).body.data.find(
        (one: { id: string }) => one.id === orgId,
      )
    assert.equal(await deleted(), undefined)
    const early = await operate(staff, 'POST', `/organizations/${orgId}/restore`)
    assert.equal(early.status, 404)
    const { body } = await must(instance, 202, 'DELETE', org, { token })
    const row = await deleted()
    assert.deepEqual(
      [row.status, row.deletedBy, row.restorableUntil],
      ['deleted', owner.userId, body.restorableUntil],
    )
    const restored = await operate(staff, 'POST', `/organizations/gone-${tag}/restore`)
    assert.deepEqual(
      [restored.status, restored.body.status, restored.body.restorableUntil],
      [200, 'active', null],
    )
    await must(instance, 200, 'GET', org, { token })
    assert.equal(await deleted(), undefined)
  })

  test('an invitation of a deleted organization opens nothing, and works again once it is restored', async () => {
    const email = `guest-${tag}@example.com`
    await must(instance, 201, 'POST', `${org}/invitations`, {
      token,
      body: { email, role: 'viewer' },
    })
    const invitation = await mailedToken(instance, email, 'Join')
    const lookup = () =>
      call(instance, 'POST', '/invitations/lookup', { body: { token: invitation } })
    assert.equal((await lookup()).status, 200)
    await must(instance, 202, 'DELETE', org, { token })
    assert.deepEqual([(await lookup()).status, (await lookup()).body.code], [410, 'link_invalid'])
    const signup = await call(instance, 'POST', '/auth/signup', {
      body: { email, password: `long enough ${tag}`, invitationToken: invitation },
    })
    assert.equal(signup.status, 410)
    await must(instance, 200, 'POST', `${org}/restore`, { token: owner.hubToken })
    assert.equal((await lookup()).status, 200)
  })
})
