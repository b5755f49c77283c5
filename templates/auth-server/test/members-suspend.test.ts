import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { changeMemberStatus } from '../src/members/change-member-status.ts'
import { endMembership } from '../src/members/end-membership.ts'
import { transferOwnership } from '../src/organizations/transfer-ownership.ts'
import { keycloakAdmin } from './support/identity.ts'
import { call, mailedToken, must, readInstance, superuserUrl } from './support/instance.ts'
import { assertMasked } from './support/masked.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'
import { codeOf, join } from './support/tenant-steps.ts'
import { openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const instance = readInstance()
const superuser = superuserUrl()

describe('suspending members over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  const tag = randomBytes(4).toString('hex')
  let owner: Person
  let admin: Person
  let viewer: Person
  let other: Person
  let orgId: string
  let otherOrgId: string
  let org: string
  let token: string
  let adminToken: string

  async function joinAs(person: Person, role: string): Promise<string> {
    await must(instance as never, 201, 'POST', `${org}/invitations`, {
      token,
      body: { email: person.email, role },
    })
    await must(instance as never, 200, 'POST', '/invitations/accept', {
      token: person.hubToken,
      body: { token: await mailedToken(instance as never, person.email, 'Join') },
    })
    return tokenFor(instance as never, person, orgId)
  }

  before(async () => {
    ;[owner, admin, viewer, other] = (await Promise.all(
      ['Olga', 'Adam', 'Vera', 'Otto'].map((name) => signUp(instance, name)),
    )) as [Person, Person, Person, Person]
    orgId = await createOrganization(instance, owner, `Suspend ${tag}`)
    otherOrgId = await createOrganization(instance, other, `Other ${tag}`)
    org = `/organizations/${orgId}`
    token = await tokenFor(instance, owner, orgId)
    adminToken = await joinAs(admin, 'admin')
  })

  const act = (verb: 'suspend' | 'reactivate', userId: string, by = token) =>
    call(instance, 'POST', `${org}/members/${userId}/${verb}`, { token: by })
  const list = async (query: string) => {
    const { body } = await must(instance, 200, 'GET', `${org}/members?${query}`, { token })
    return body.data.map((one: { userId: string }) => one.userId)
  }

  test('a suspended member is out with the token they hold, and back in when they are taken back', async () => {
    const viewerToken = await joinAs(viewer, 'viewer')
    await must(instance, 200, 'GET', `${org}/members`, { token: viewerToken })
    const suspended = await act('suspend', viewer.userId, adminToken)
    assert.deepEqual(
      [suspended.status, suspended.body.status, suspended.body.role.slug],
      [200, 'suspended', 'viewer'],
    )
    const refused = await call(instance, 'GET', `${org}/members`, { token: viewerToken })
    await assertMasked(instance, refused, { token: viewerToken }, 'the next request')
    const switched = await call(instance, 'POST', '/auth/switch', {
      token: viewer.hubToken,
      body: { organizationId: orgId },
    })
    await assertMasked(instance, switched, { token: viewerToken }, 'a new token')
    const mine = await must(instance, 200, 'GET', '/organizations', { token: viewer.hubToken })
    assert.deepEqual(mine.body.data, [])
    assert.equal((await act('suspend', viewer.userId)).status, 200, 'again changes nothing')
    const back = await act('reactivate', viewer.userId)
    assert.deepEqual([back.status, back.body.status], [200, 'active'])
    await must(instance, 200, 'GET', `${org}/members`, { token: viewerToken })
    await tokenFor(instance, viewer, orgId)
    const { body } = await must(instance, 200, 'GET', `${org}/audit-events`, { token })
    const actions = body.data.map((event: { action: string }) => event.action)
    assert.equal(actions.filter((action: string) => action === 'member.suspended').length, 1)
    assert.ok(actions.includes('member.reactivated'))
  })

  test('the shadow user in the realm follows', async () => {
    if (!superuser) return
    const shadow = async () => {
      const { body } = await keycloakAdmin(
        `live-org-${orgId}`,
        'GET',
        `/users?username=${viewer.userId}&exact=true`,
      )
      return (body as { enabled: boolean }[])[0]?.enabled
    }
    await act('suspend', viewer.userId)
    assert.equal(await shadow(), false)
    await act('reactivate', viewer.userId)
    assert.equal(await shadow(), true)
  })

  test('an open invitation is no way around it', async () => {
    await act('suspend', viewer.userId)
    const invited = await call(instance, 'POST', `${org}/invitations`, {
      token,
      body: { email: viewer.email, role: 'admin' },
    })
    assert.deepEqual([invited.status, invited.body.errors?.[0]?.code], [409, 'already_member'])
    await act('reactivate', viewer.userId)
  })

  test('members are found by role and status, together with a search, in pages', async () => {
    await act('suspend', viewer.userId)
    assert.deepEqual(await list('status=suspended'), [viewer.userId])
    assert.deepEqual(await list('status=active'), [owner.userId, admin.userId])
    assert.deepEqual(await list('role=ADMIN'), [admin.userId])
    const roles = await must(instance, 200, 'GET', `${org}/roles`, { token })
    const viewerRole = roles.body.data.find((role: { slug: string }) => role.slug === 'viewer')
    assert.deepEqual(await list(`role=${viewerRole.id}`), [viewer.userId])
    assert.deepEqual(await list('role=viewer&status=active'), [])
    assert.deepEqual(await list('status=active&search=adam'), [admin.userId])
    assert.deepEqual(await list('role=emperor'), [])
    const page = await must(instance, 200, 'GET', `${org}/members?status=active&limit=1`, { token })
    const after = page.body.page.nextCursor
    assert.deepEqual(await list(`status=active&limit=1&after=${after}`), [admin.userId])
    const bad = await call(instance, 'GET', `${org}/members?status=gone`, { token })
    assert.deepEqual([bad.status, bad.body.errors[0].pointer], [400, '/query/status'])
    await act('reactivate', viewer.userId)
  })

  test('nobody suspends somebody above, themselves, or the last owner', async () => {
    const above = await act('suspend', owner.userId, adminToken)
    assert.deepEqual([above.status, above.body.code], [403, 'permission_denied'])
    assert.equal((await act('suspend', admin.userId, adminToken)).body.code, 'conflict')
    assert.equal((await act('suspend', owner.userId)).body.code, 'last_owner')
    const viewerToken = await tokenFor(instance, viewer, orgId)
    assert.equal((await act('suspend', admin.userId, viewerToken)).status, 403)
  })

  test("from the other tenant's side there is nobody there", async () => {
    const otherToken = await tokenFor(instance, other, otherOrgId)
    for (const verb of ['suspend', 'reactivate']) {
      for (const [where, userId] of [
        [orgId, viewer.userId],
        [otherOrgId, viewer.userId],
        [otherOrgId, randomUUID()],
      ]) {
        const answer = await call(
          instance,
          'POST',
          `/organizations/${where}/members/${userId}/${verb}`,
          {
            token: otherToken,
          },
        )
        await assertMasked(instance, answer, { token: otherToken }, `${verb} ${where} ${userId}`)
      }
    }
  })
})

describe('the last active owner, on a real PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string)
  })
  after(() => world?.close())

  test('of two owners who suspend each other at the same moment, one stays', async () => {
    for (let round = 0; round < 8; round++) {
      const first = await world.newUser()
      const id = await world.newOrganization(first.id)
      const second = await join(world, id, 'owner')
      const [a, b] = await Promise.all([world.member(first.id, id), world.member(second.id, id)])
      const codes = await Promise.all([
        codeOf(changeMemberStatus(a, second.id, 'suspended')),
        codeOf(changeMemberStatus(b, first.id, 'suspended')),
      ])
      // Whoever comes second is suspended already, and finds nothing there.
      assert.deepEqual(codes.sort(), ['not_found', 'ok'])
    }
  })

  test('of two hand-overs at the same moment one counts, and there is one new owner', async () => {
    for (let round = 0; round < 6; round++) {
      const first = await world.newUser()
      const id = await world.newOrganization(first.id)
      const heirs = [await join(world, id, 'member'), await join(world, id, 'viewer')]
      const context = await world.member(first.id, id)
      const codes = await Promise.all(
        heirs.map(({ id: userId }) =>
          codeOf(
            transferOwnership.run(context, {
              params: { orgId: id },
              query: undefined,
              body: { userId },
            }),
          ),
        ),
      )
      assert.deepEqual(codes.sort(), ['ok', 'permission_denied'])
      const roles = await Promise.all(
        [first, ...heirs].map(async (one) => (await world.member(one.id, id)).role.slug),
      )
      assert.equal(roles.filter((slug) => slug === 'owner').length, 1)
      assert.equal(roles[0], 'admin')
    }
  })

  test('a suspended member is handed nothing', async () => {
    const first = await world.newUser()
    const id = await world.newOrganization(first.id)
    const heir = await join(world, id, 'admin')
    const context = await world.member(first.id, id)
    await changeMemberStatus(context, heir.id, 'suspended')
    const hand = transferOwnership.run(context, {
      params: { orgId: id },
      query: undefined,
      body: { userId: heir.id },
    })
    assert.equal(await codeOf(hand), 'conflict')
  })

  test('a suspended owner is no owner who could stay behind', async () => {
    const first = await world.newUser()
    const id = await world.newOrganization(first.id)
    const second = await join(world, id, 'owner')
    const context = await world.member(first.id, id)
    await changeMemberStatus(context, second.id, 'suspended')
    assert.equal(await codeOf(endMembership(context, first.id, 'member.left')), 'last_owner')
    await changeMemberStatus(context, second.id, 'active')
    assert.equal(await codeOf(endMembership(context, first.id, 'member.left')), 'ok')
  })

  test('with Keycloak away the suspension holds, and the shadow follows later', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const member = await join(world, id, 'admin')
    world.keycloak.fail = 'disableShadow'
    await changeMemberStatus(await world.member(owner.id, id), member.id, 'suspended')
    await assert.rejects(world.member(member.id, id), /no member/)
    world.keycloak.fail = null
    const waiting = await world.db
      .hubQuery('live')('identity_operations')
      .where({ kind: 'sync-shadow-user', subject_id: member.id, state: 'running' })
      .select('id')
    assert.equal(waiting.length, 1)
  })
})
