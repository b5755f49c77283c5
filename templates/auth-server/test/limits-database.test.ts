import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { claimOperation } from '../src/operations/operation.ts'
import { finishOrUndoCreation } from '../src/organizations/finish-or-undo-creation.ts'
import { newOrganizationId } from '../src/organizations/organization-id.ts'
import { reserveOrganization } from '../src/organizations/reserve-organization.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf } from './support/tenant-steps.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('creating organizations, on a real PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string)
  })
  after(() => world?.close())

  test('a person creates three organizations, also when asking ten times at once', async () => {
    const person = await world.newUser()
    const before = await placesTaken(world)
    const codes = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(world.newOrganization(person.id))),
    )
    assert.equal(codes.filter((code) => code === 'ok').length, 3)
    assert.equal(codes.filter((code) => code === 'limit_reached').length, 7)
    assert.equal(await placesTaken(world), before + 3)
  })

  test('an unverified address creates nothing', async () => {
    const person = await world.newUser({ isVerified: false })
    assert.equal(await codeOf(world.newOrganization(person.id)), 'email_not_verified')
  })

  test('a given slug that is taken is refused and gives its place back; a derived one is altered', async () => {
    const person = await world.newUser()
    await world.newOrganization(person.id, { name: 'Zeta', slug: 'zeta' })
    const before = await placesTaken(world)
    const again = world.newOrganization(person.id, { name: 'Other', slug: 'zeta' })
    assert.equal(await codeOf(again), 'slug_taken')
    assert.equal(await placesTaken(world), before)
    const id = await world.newOrganization(person.id, { name: 'Zeta' })
    assert.equal((await world.member(person.id, id)).organization.slug, 'zeta-2')
  })

  test("a taken slug, asked for again and again, does not use up everybody's hour", async () => {
    const hour = () => placesTaken(world, 'organizations_this_hour')
    const person = await world.newUser()
    await world.newOrganization(person.id, { name: 'H', slug: 'hour' })
    const before = await hour()
    await Promise.all(
      Array.from({ length: 6 }, () =>
        codeOf(world.newOrganization(person.id, { name: 'H', slug: 'hour' })),
      ),
    )
    assert.equal(await hour(), before)
    // Past the early look, where only the unique index can tell: two at the same moment.
    const others = await Promise.all([world.newUser(), world.newUser()])
    const codes = await Promise.all(
      others.map(({ id }) => codeOf(world.newOrganization(id, { name: 'R', slug: 'race' }))),
    )
    assert.deepEqual(codes.sort(), ['ok', 'slug_taken'])
    assert.equal(await hour(), before + 1)
  })

  test('when Keycloak fails, nothing is left behind and every place is given back', async () => {
    for (const call of ['createRealm', 'ensureShadow']) {
      const person = await world.newUser()
      const before = await placesTaken(world)
      world.keycloak.fail = call
      assert.equal(
        await codeOf(
          world.newOrganization(person.id, { name: 'F', slug: `fail-${call.toLowerCase()}` }),
        ),
        'Error',
      )
      world.keycloak.fail = null
      assert.equal(await placesTaken(world), before)
      const user = await world.db
        .hubQuery(mode)('users')
        .where('id', person.id)
        .first('organizations_created')
      assert.equal(user.organizations_created, 0)
      await world.newOrganization(person.id, { name: 'F', slug: `fail-${call.toLowerCase()}` })
    }
  })

  test('an undo that Keycloak holds up is finished later', async () => {
    const person = await world.newUser()
    const before = await placesTaken(world)
    const create = () =>
      world.newOrganization(person.id, { name: 'U', slug: 'undo-later' }, 'undo-key')
    world.keycloak.fail = 'createRealm'
    const realms = world.services.keycloak.realms as { deleteOrganizationRealm: unknown }
    const { deleteOrganizationRealm } = realms
    realms.deleteOrganizationRealm = async () => {
      throw new Error('away')
    }
    assert.equal(await codeOf(create()), 'Error')
    realms.deleteOrganizationRealm = deleteOrganizationRealm
    world.keycloak.fail = null
    assert.equal(await codeOf(create()), 'unavailable', 'not while it is being taken back')
    await sweep(world)
    assert.equal(await placesTaken(world), before)
    await create()
  })

  test('a creation whose process died is finished by the sweeper', async () => {
    const person = await world.newUser()
    const before = await placesTaken(world)
    const id = newOrganizationId(person.id, 'key-1')
    const operation = await reserveOrganization(world.services, mode, id, {
      userId: person.id,
      name: 'Lost',
      slug: 'lost',
      isSlugGiven: true,
      plan: 'free',
    })
    await sweep(world)
    const context = await world.member(person.id, operation.subjectId)
    assert.equal(context.organization.slug, 'lost')
    assert.equal(context.role.slug, 'owner')
    // The caller heard nothing and repeats the request with its Idempotency-Key.
    const repeated = await world.newOrganization(person.id, { name: 'Lost', slug: 'lost' }, 'key-1')
    assert.equal(repeated, id)
    assert.equal(await placesTaken(world), before + 1)
  })

  test('the instance takes so many organizations and no more', async () => {
    const small = await openTenantWorld(superuser as string, {
      organizations: { max: 4, perUserMax: 3, perHourMax: 1000 },
    })
    try {
      const people = await Promise.all(Array.from({ length: 7 }, () => small.newUser()))
      const codes = await Promise.all(people.map(({ id }) => codeOf(small.newOrganization(id))))
      assert.equal(codes.filter((code) => code === 'ok').length, 4)
      assert.equal(codes.filter((code) => code === 'instance_full').length, 3)
    } finally {
      await small.close()
    }
  })
})

/** Places of the instance, or of the hour, that are taken. */
async function placesTaken(world: TenantWorld, name = 'organizations'): Promise<number> {
  const row = await world.db.hubQuery(mode)('instance_counters').where({ name }).first('value')
  return row.value
}

/** Runs the creations that are due, as the sweeper does, without waiting for leases to end. */
async function sweep({ db, services }: TenantWorld): Promise<void> {
  const hub = db.hubQuery(mode)
  await hub('identity_operations')
    .where({ state: 'running', kind: 'create-organization' })
    .update({ next_attempt_at: hub.raw(`now() - interval '1 second'`) })
  for (
    let operation = await claimOperation(hub);
    operation;
    operation = await claimOperation(hub)
  ) {
    await finishOrUndoCreation(services, mode, operation)
  }
}
