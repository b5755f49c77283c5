import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { issuerKeys } from '../src/auth/issuer-keys.ts'
import { changeMemberStatus } from '../src/members/change-member-status.ts'
import { endMembership } from '../src/members/end-membership.ts'
import { syncShadowUser } from '../src/members/sync-shadow-user.ts'
import { claimOperation, type Operation } from '../src/operations/operation.ts'
import { bringOneRealm, expireIdle } from '../src/operations/tend-organizations.ts'
import { createOrganization } from '../src/organizations/create-organization.ts'
import { deleteOrganization } from '../src/organizations/delete-organization.ts'
import { expireIdleOrganization } from '../src/organizations/expire-idle-organization.ts'
import { finishOrUndoCreation } from '../src/organizations/finish-or-undo-creation.ts'
import { listOrganizations } from '../src/organizations/list-organizations.ts'
import { noteUse } from '../src/organizations/note-use.ts'
import { advanceDeletion } from '../src/organizations/purge-organization.ts'
import { restoreOrganization } from '../src/organizations/restore-organization.ts'
import type { Services } from '../src/services.ts'
import { dyingServices, Killed } from './support/dying-services.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf, join } from './support/tenant-steps.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()
/** No saga asks for more; the loops below end earlier, when nothing died. */
const callsMax = 30

describe('deleting organizations, on a real PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string)
  })
  after(() => world?.close())

  async function newOrganization(slug?: string) {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id, slug ? { slug } : {})
    return { id, owner }
  }
  const remove = async (organization: { id: string; owner: { id: string } }) =>
    deleteOrganization.run(await world.member(organization.owner.id, organization.id), {
      params: { orgId: organization.id },
      query: undefined,
      body: undefined,
    })
  const restore = (userId: string, orgId: string) =>
    codeOf(
      restoreOrganization.run(world.user(userId) as never, {
        params: { orgId },
        query: undefined,
        body: undefined,
      }),
    )
  const listed = async (userId: string, status: 'active' | 'deleted') => {
    const context = { ...world.user(userId), session: { scope: 'hub' } } as never
    const { data } = await listOrganizations.run(context, {
      params: undefined,
      query: { limit: 50, status },
      body: undefined,
    })
    return data.map(({ id }) => id)
  }
  const rowOf = (id: string) =>
    world.db.tenantTransaction(mode, id, (trx) => trx('organizations').first())
  const change = (id: string, columns: Record<string, unknown>) =>
    world.db.tenantTransaction(mode, id, (trx) => trx('organizations').update(columns))
  const operationOf = (id: string) =>
    world.db
      .hubQuery(mode)('identity_operations')
      .where({ subject_id: id, kind: 'purge-organization' })
      .orderBy('created_at', 'desc')
      .first('state', 'step', 'next_attempt_at')
  const places = async (userId: string) => {
    const hub = world.db.hubQuery(mode)
    const instance = await hub('instance_counters').where('name', 'organizations').first('value')
    const own = await hub('users').where('id', userId).first('organizations_created')
    return [instance.value, own.organizations_created]
  }
  const graceIsOver = (id: string) => change(id, { purge_after: new Date(Date.now() - 1000) })

  /** Runs what is due, as the sweeper does, without waiting for leases to end. */
  async function sweep(services: Services = world.services): Promise<void> {
    const hub = world.db.hubQuery(mode)
    await hub('identity_operations')
      .where({ state: 'running' })
      .update({ next_attempt_at: hub.raw(`now() - interval '1 second'`) })
    const handlers: Record<string, (operation: Operation) => Promise<void>> = {
      'purge-organization': (operation) => advanceDeletion(services, mode, operation),
      'create-organization': (operation) => finishOrUndoCreation(services, mode, operation),
      'sync-shadow-user': (operation) => syncShadowUser(services, mode, operation),
    }
    for (let n = 0; n < 50; n++) {
      const operation = await claimOperation(hub)
      if (!operation) return
      await handlers[operation.kind]?.(operation)
    }
  }

  test('access is cut with the commit; slug, places and rows stay for the grace', async () => {
    const organization = await newOrganization('cut')
    const member = await join(world, organization.id, 'member')
    const before = await places(organization.owner.id)
    const { status, restorableUntil } = await remove(organization)
    assert.equal(status, 'deleted')
    const days = (new Date(restorableUntil).getTime() - Date.now()) / 86_400_000
    assert.ok(days > 29.9 && days < 30.1, `${days}`)
    for (const { id } of [organization.owner, member]) {
      await assert.rejects(world.member(id, organization.id), /no member/)
      assert.deepEqual(await listed(id, 'active'), [])
    }
    const keys = issuerKeys.run({ services: world.services } as never, {
      params: { orgId: organization.id },
      query: undefined,
      body: undefined,
    })
    assert.equal(await codeOf(keys), 'not_found', 'backends learn that its issuer is gone')
    const other = await world.newUser()
    assert.equal(await codeOf(world.newOrganization(other.id, { slug: 'cut' })), 'slug_taken')
    assert.deepEqual(await places(organization.owner.id), before)
    assert.ok(world.keycloak.realms.has(organization.id))
    const operation = await operationOf(organization.id)
    assert.equal(operation.step, 'wait')
    assert.equal(operation.next_attempt_at.toISOString(), restorableUntil)
  })

  test('only who owned it sees it among the deleted ones and brings it back', async () => {
    const organization = await newOrganization()
    const { id, owner } = organization
    const admin = await join(world, id, 'admin')
    const former = await join(world, id, 'owner')
    await endMembership(await world.member(owner.id, id), former.id, 'member.removed')
    const suspended = await join(world, id, 'owner')
    await changeMemberStatus(await world.member(owner.id, id), suspended.id, 'suspended')
    const stranger = await world.newUser()
    assert.equal(await restore(owner.id, id), 'not_found', 'it is not deleted')
    await remove(organization)
    for (const other of [admin, former, suspended, stranger]) {
      assert.deepEqual(await listed(other.id, 'deleted'), [])
      assert.equal(await restore(other.id, id), 'not_found')
    }
    assert.deepEqual(await listed(owner.id, 'deleted'), [id])
    assert.equal(await restore(owner.id, id), 'ok')
    assert.deepEqual(await listed(owner.id, 'active'), [id])
    assert.deepEqual(await listed(owner.id, 'deleted'), [])
    assert.equal((await world.member(admin.id, id)).role.slug, 'admin')
    assert.equal(await restore(owner.id, id), 'not_found')
  })

  test('all active owners hear of it by mail', async () => {
    const organization = await newOrganization()
    const second = await join(world, organization.id, 'owner')
    await join(world, organization.id, 'admin')
    await remove(organization)
    const mails = await world.db
      .hubQuery(mode)('outbox')
      .whereRaw(`payload ->> 'template' = 'organization-deleted'`)
      .whereRaw(`payload ->> 'to' in (?, ?)`, [organization.owner.email, second.email])
      .select('id')
    assert.equal(mails.length, 2)
  })

  test('a restored organization is not purged, not even when it is deleted again', async () => {
    const organization = await newOrganization()
    await remove(organization)
    await restore(organization.owner.id, organization.id)
    await sweep()
    assert.equal((await operationOf(organization.id)).state, 'undone')
    await remove(organization)
    await restore(organization.owner.id, organization.id)
    await remove(organization)
    // The purge of the second deletion is due, the organization is in the grace of the third.
    await sweep()
    assert.equal((await rowOf(organization.id)).status, 'deleted')
    const states = await world.db
      .hubQuery(mode)('identity_operations')
      .where({ subject_id: organization.id, kind: 'purge-organization' })
      .orderBy('created_at')
      .pluck('state')
    assert.deepEqual(states, ['undone', 'undone', 'running'])
    assert.equal(await restore(organization.owner.id, organization.id), 'ok')
  })

  test('after the grace nothing is left of it, and every place is given back, once', async () => {
    const organization = await newOrganization('purged')
    const { id, owner } = organization
    await join(world, id, 'member')
    const before = await places(owner.id)
    await remove(organization)
    await graceIsOver(id)
    assert.equal(await restore(owner.id, id), 'not_found', 'too late')
    await sweep()
    await sweep()
    assert.equal(await rowOf(id), undefined)
    for (const table of ['roles', 'memberships', 'invitations', 'departed_members']) {
      const left = await world.db.tenantTransaction(mode, id, (trx) =>
        trx(table).select('tenant_id'),
      )
      assert.deepEqual(left, [], table)
    }
    assert.ok(!world.keycloak.realms.has(id))
    assert.deepEqual(
      await places(owner.id),
      before.map((value) => value - 1),
    )
    assert.equal((await operationOf(id)).state, 'done')
    assert.equal(await codeOf(world.newOrganization(owner.id, { slug: 'purged' })), 'ok')
  })

  test('a purge that dies at any step is finished by the next one', async () => {
    let steps = 0
    for (let diesAt = 1; diesAt < callsMax; diesAt++) {
      const slug = `dies-${diesAt}`
      const organization = await newOrganization(slug)
      const { id, owner } = organization
      const before = await places(owner.id)
      await remove(organization)
      await graceIsOver(id)
      const outcome = await codeOf(sweep(dyingServices(world.services, diesAt)))
      if (outcome === 'Killed') {
        // Neither half a way back, nor a half-dead organization that somebody can use.
        await assert.rejects(world.member(owner.id, id), /no member/)
        assert.equal(await restore(owner.id, id), 'not_found')
      }
      await sweep()
      assert.equal(await rowOf(id), undefined, `killed at ${diesAt}`)
      assert.ok(!world.keycloak.realms.has(id), `killed at ${diesAt}`)
      assert.deepEqual(
        await places(owner.id),
        before.map((value) => value - 1),
        `at ${diesAt}`,
      )
      assert.equal((await operationOf(id)).state, 'done', `killed at ${diesAt}`)
      if (outcome === 'ok') break
      assert.equal(outcome, 'Killed')
      steps = diesAt
    }
    assert.ok(steps >= 6, `only ${steps} steps were tried`)
  })

  test('a creation that dies at any step is finished or undone', async () => {
    const outcomes = new Set<string>()
    for (let diesAt = 1; diesAt < callsMax; diesAt++) {
      const owner = await world.newUser()
      const before = await places(owner.id)
      const slug = `born-${diesAt}`
      const context = { ...world.user(owner.id), services: dyingServices(world.services, diesAt) }
      const outcome = await codeOf(
        createOrganization.run(context, {
          params: undefined,
          query: undefined,
          body: { name: 'Born', slug },
        }),
      )
      await sweep()
      const [id] = await listed(owner.id, 'active')
      const there = id === undefined ? 'undone' : 'finished'
      outcomes.add(there)
      const taken = there === 'finished' ? 1 : 0
      assert.deepEqual(
        await places(owner.id),
        before.map((value) => value + taken),
        `at ${diesAt}`,
      )
      // No realm without its organization, no organization without its realm.
      const { rows } = await world.db
        .hubQuery(mode)
        .raw('select slug from definer.slugs_taken(?)', [[slug]])
      assert.equal(rows.length, taken, `slug, killed at ${diesAt}`)
      if (id) assert.ok(world.keycloak.realms.has(id), `realm, killed at ${diesAt}`)
      if (outcome === 'ok') break
    }
    assert.deepEqual([...outcomes].sort(), ['finished', 'undone'])
    const active = await world.db.operator(mode, async (trx) => {
      const { rows } = await trx.raw('select id from definer.operator_organizations()')
      return new Set(rows.map((row: { id: string }) => row.id))
    })
    assert.deepEqual(
      [...world.keycloak.realms].filter((id) => !active.has(id)),
      [],
    )
  })

  test('the Idempotency-Key of a purged organization makes no other without a place', async () => {
    const owner = await world.newUser()
    const create = () => world.newOrganization(owner.id, { slug: 'same-key' }, 'same-key')
    const before = await places(owner.id)
    const id = await create()
    await remove({ id, owner })
    assert.equal(await codeOf(create()), 'conflict', 'not while it can come back')
    await graceIsOver(id)
    await sweep()
    assert.deepEqual(await places(owner.id), before)
    assert.equal(await create(), id)
    assert.deepEqual(
      await places(owner.id),
      before.map((value) => value + 1),
    )
    assert.ok(world.keycloak.realms.has(id))
  })

  test('two sweepers that both think it is theirs give the places back once', async () => {
    const organization = await newOrganization()
    const before = await places(organization.owner.id)
    await remove(organization)
    await graceIsOver(organization.id)
    const hub = world.db.hubQuery(mode)
    const row = await hub('identity_operations')
      .where({ subject_id: organization.id, kind: 'purge-organization' })
      .first('id', 'kind', 'payload', 'state', 'step', 'attempts')
    const purge = () =>
      codeOf(advanceDeletion(world.services, mode, { ...row, subjectId: organization.id }))
    await Promise.all([purge(), purge()])
    // And one that slept for a minute, and woke when the other had deleted the row and died.
    await hub('identity_operations')
      .where('id', row.id)
      .update({ state: 'running', step: 'purge', payload: row.payload })
    await hub('users').where('id', organization.owner.id).increment('organizations_created', 1)
    await hub('instance_counters').where('name', 'organizations').increment('value', 1)
    await purge()
    await sweep()
    assert.deepEqual(
      await places(organization.owner.id),
      before.map((value) => value - 1),
    )
    assert.ok(!world.keycloak.realms.has(organization.id))
  })

  test('once the purge has begun there is no way back, whatever a slow restore thinks of the time', async () => {
    const organization = await newOrganization()
    await remove(organization)
    // What a restore sees that began within the grace and got the row's lock after the purge had it.
    await change(organization.id, { purge_started_at: new Date() })
    assert.equal(await restore(organization.owner.id, organization.id), 'not_found')
    assert.deepEqual(await listed(organization.owner.id, 'deleted'), [])
  })

  test('of a restore and a purge at the same moment one wins, whole', async () => {
    const outcomes = new Set<string>()
    for (let round = 0; round < 12; round++) {
      const organization = await newOrganization()
      const { id, owner } = organization
      await remove(organization)
      // The restore still sees a moment of grace; the purge comes when it has just ended.
      await change(id, { purge_after: new Date(Date.now() + round * 3) })
      const purge = async () => {
        await new Promise((resolve) => setTimeout(resolve, round * 3))
        await sweep()
      }
      const [restored] = await Promise.all([restore(owner.id, id), purge()])
      await sweep()
      outcomes.add(restored)
      const row = await rowOf(id)
      if (restored === 'ok') {
        assert.equal(row.status, 'active')
        assert.ok(world.keycloak.realms.has(id))
      } else {
        if (row) await sweep()
        assert.equal(await rowOf(id), undefined)
        assert.ok(!world.keycloak.realms.has(id))
      }
    }
    assert.ok(outcomes.has('ok'), [...outcomes].join())
  })

  test('while Keycloak is away the purge waits, for as long as it takes', async () => {
    const organization = await newOrganization()
    await remove(organization)
    await graceIsOver(organization.id)
    world.keycloak.fail = 'deleteRealm'
    assert.equal(await codeOf(sweep()), 'Error')
    await world.db
      .hubQuery(mode)('identity_operations')
      .where('subject_id', organization.id)
      .update({ attempts: 1000 })
    assert.equal(await codeOf(sweep()), 'Error')
    world.keycloak.fail = null
    await sweep()
    assert.equal(await rowOf(organization.id), undefined)
  })

  test('realms off the template are brought to it one by one, and one that resists holds up none', async () => {
    const [stubborn, old] = [await newOrganization(), await newOrganization()]
    const later = new Date(Date.now() + 60_000)
    await change(old.id, { realm_template_hash: 'before' })
    await change(stubborn.id, { realm_template_hash: 'before', last_used_at: later })
    const bring = (world.services.keycloak.realms as { bringToTemplate: unknown }).bringToTemplate
    const realms = world.services.keycloak.realms as { bringToTemplate: unknown }
    const brought: string[] = []
    realms.bringToTemplate = async (_mode: string, id: string) => {
      brought.push(id)
      if (id === stubborn.id) throw new Error('no such realm')
      return 'hash'
    }
    while ((await bringOneRealm(world.services as never, mode)) > 0);
    realms.bringToTemplate = bring
    assert.deepEqual(brought, [stubborn.id, old.id])
    assert.equal((await rowOf(old.id)).realm_template_hash, 'hash')
    assert.equal((await rowOf(stubborn.id)).realm_template_hash, 'before')
  })

  test('an idle test organization makes room; a used one, a young one and a live one stay', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
    const [idle, used, back] = [
      await newOrganization(),
      await newOrganization(),
      await newOrganization(),
    ]
    const before = await places(idle.owner.id)
    await change(idle.id, { last_used_at: daysAgo(7.1) })
    await change(used.id, { last_used_at: daysAgo(6.9) })
    await change(back.id, { last_used_at: daysAgo(30) })
    assert.equal(await expireIdle(world.services as never, 'live'), 0)
    assert.equal((await rowOf(idle.id)).status, 'active', 'live organizations never expire')
    // Somebody comes back between the sweeper's look and its deed.
    noteUse(world.services, 'test', back.id)
    for (let n = 0; n < 100; n++) {
      if ((await rowOf(back.id)).last_used_at > daysAgo(1)) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await expireIdleOrganization(world.services, back.id).catch((error) =>
      assert.ok(!(error instanceof Killed)),
    )
    // Both modes of these tests share one database.
    await expireIdle(world.services as never, 'test')
    assert.equal(await rowOf(idle.id), undefined)
    assert.ok(!world.keycloak.realms.has(idle.id))
    assert.deepEqual(
      await places(idle.owner.id),
      before.map((value) => value - 1),
    )
    for (const { id } of [used, back]) assert.equal((await rowOf(id)).status, 'active')
  })
})
