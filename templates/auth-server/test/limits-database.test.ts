import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Problem } from '../src/errors.ts'
import { consumeInvitation } from '../src/invitations/consume-invitation.ts'
import { createInvitation } from '../src/invitations/create-invitation.ts'
import { newInvitationToken } from '../src/invitations/invitation-token.ts'
import { open } from '../src/keys/envelope.ts'
import { endMembership } from '../src/members/end-membership.ts'
import { startShadowSync, syncShadowUser } from '../src/members/sync-shadow-user.ts'
import { updateMember } from '../src/members/update-member.ts'
import { claimOperation } from '../src/operations/operation.ts'
import { finishOrUndoCreation } from '../src/organizations/finish-or-undo-creation.ts'
import { reserveOrganization } from '../src/organizations/reserve-organization.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuserUrl = process.env.AUTHSTACK_PG_SUPERUSER_URL

describe('limits and last owners', {
  skip: !superuserUrl && 'AUTHSTACK_PG_SUPERUSER_URL is not set',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuserUrl as string)
  })
  after(() => world?.close())

  /** Adds a member without a mail. */
  async function join(
    organizationId: string,
    slug: string,
  ): Promise<{ id: string; email: string }> {
    const person = await world.newUser()
    await world.db.tenantTransaction(mode, organizationId, async (trx) => {
      const role = await trx('roles').where({ tenant_id: organizationId, slug }).first('id')
      await trx('memberships').insert({
        tenant_id: organizationId,
        user_id: person.id,
        role_id: role.id,
      })
    })
    return person
  }

  async function invite(organizationId: string, by: string, email: string, role = 'member') {
    const context = await world.member(by, organizationId)
    return createInvitation.run(context, {
      params: { orgId: organizationId },
      query: undefined,
      body: { email, role },
    })
  }

  /** The token of the newest mail to an address, opened as the worker would. */
  async function mailedToken(email: string): Promise<string> {
    const row = await world.db
      .hubQuery(mode)('outbox')
      .whereRaw(`payload ->> 'to' = ?`, [email])
      .orderBy('created_at', 'desc')
      .first('sealed')
    return open(world.services.masterKey, 'mail-token', row.sealed)
  }

  async function counter(): Promise<number> {
    const row = await world.db
      .hubQuery(mode)('instance_counters')
      .where('name', 'organizations')
      .first('value')
    return row.value
  }

  test('of two last owners who leave at the same moment, one stays', async () => {
    for (let round = 0; round < 8; round++) {
      const first = await world.newUser()
      const id = await world.newOrganization(first.id)
      const second = await join(id, 'owner')
      const contexts = await Promise.all([first.id, second.id].map((who) => world.member(who, id)))
      const codes = await Promise.all(
        contexts.map((context) => codeOf(endMembership(context, context.userId, 'member.left'))),
      )
      assert.deepEqual(codes.sort(), ['last_owner', 'ok'])
    }
  })

  test('the last owner can be neither demoted nor removed', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const context = await world.member(owner.id, id)
    const demote = updateMember.run(context, {
      params: { orgId: id, userId: owner.id },
      query: undefined,
      body: { role: 'admin' },
    })
    assert.equal(await codeOf(demote), 'last_owner')
    assert.equal(await codeOf(endMembership(context, owner.id, 'member.removed')), 'last_owner')
  })

  test('nobody grants, or takes down, a role above their own', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    await join(id, 'owner')
    const admin = await join(id, 'admin')
    const context = await world.member(admin.id, id)
    const grant = (userId: string, role: string) =>
      codeOf(
        updateMember.run(context, {
          params: { orgId: id, userId },
          query: undefined,
          body: { role },
        }),
      )
    assert.equal(await grant(admin.id, 'owner'), 'permission_denied')
    assert.equal(await grant(owner.id, 'viewer'), 'permission_denied')
    assert.equal(
      await codeOf(endMembership(context, owner.id, 'member.removed')),
      'permission_denied',
    )
    assert.equal(await codeOf(invite(id, admin.id, 'x@example.com', 'Owner')), 'permission_denied')
    // The admin of these settings lacks projects:view, so may not hand it out either.
    assert.equal(await codeOf(invite(id, admin.id, 'x@example.com', 'member')), 'permission_denied')
    assert.equal(await codeOf(invite(id, admin.id, 'x@example.com', 'ADMIN')), 'ok')
  })

  test('pending invitations count against the plan, exactly, when many are sent at once', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, n) => codeOf(invite(id, owner.id, `p${n}-${id}@example.com`))),
    )
    assert.equal(codes.filter((code) => code === 'ok').length, 3)
    assert.equal(codes.filter((code) => code === 'limit_reached').length, 5)
  })

  test('inviting an address again replaces its invitation and takes no second place', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const guest = await world.newUser()
    await invite(id, owner.id, guest.email)
    const old = await mailedToken(guest.email)
    await invite(id, owner.id, guest.email)
    await invite(id, owner.id, guest.email)
    const accept = (token: string) =>
      codeOf(
        consumeInvitation(world.services, mode, { token, userId: guest.id, email: guest.email }),
      )
    assert.equal(await accept(old), 'link_invalid')
    assert.equal(await accept(await mailedToken(guest.email)), 'ok')
    assert.equal(await codeOf(invite(id, owner.id, guest.email)), 'conflict')
  })

  test('an invitation is for one address, one use and one week', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const guest = await world.newUser()
    const thief = await world.newUser()
    const { id: invitationId } = await invite(id, owner.id, guest.email)
    const token = await mailedToken(guest.email)
    const accept = (who: { id: string; email: string }, what = token) =>
      codeOf(
        consumeInvitation(world.services, mode, { token: what, userId: who.id, email: who.email }),
      )
    assert.equal(await accept(thief), 'invitation_for_another_address')
    assert.equal(await accept(guest, newInvitationToken().token), 'link_invalid')
    const inTenant = (change: Record<string, unknown>) =>
      world.db.tenantTransaction(mode, id, (trx) =>
        trx('invitations').where('id', invitationId).update(change),
      )
    await inTenant({ expires_at: new Date(Date.now() - 1000) })
    assert.equal(await accept(guest), 'link_invalid')
    await inTenant({ expires_at: new Date(Date.now() + 60_000), status: 'cancelled' })
    assert.equal(await accept(guest), 'link_invalid')
    await inTenant({ status: 'pending' })
    const codes = await Promise.all([accept(guest), accept(guest), accept(guest)])
    assert.deepEqual(codes.sort(), ['link_invalid', 'link_invalid', 'ok'])
    assert.equal(await accept(guest), 'link_invalid')
    assert.equal(await accept(thief), 'link_invalid')
    const events = await world.db.tenantTransaction(mode, id, (trx) =>
      trx('audit_events').where('action', 'invitation.accepted').select('id'),
    )
    assert.equal(events.length, 1)
  })

  test('the outbox holds no usable link', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    await invite(id, owner.id, 'quiet@example.com')
    const token = await mailedToken('quiet@example.com')
    const rows = await world.db.hubQuery(mode)('outbox').select('payload', 'sealed')
    for (const row of rows) {
      assert.ok(!JSON.stringify(row.payload).includes(token))
      assert.ok(!row.sealed?.includes(token))
    }
  })

  test('a person creates three organizations, also when asking ten times at once', async () => {
    const person = await world.newUser()
    const before = await counter()
    const codes = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(world.newOrganization(person.id))),
    )
    assert.equal(codes.filter((code) => code === 'ok').length, 3)
    assert.equal(codes.filter((code) => code === 'limit_reached').length, 7)
    assert.equal(await counter(), before + 3)
  })

  test('an unverified address creates nothing', async () => {
    const person = await world.newUser({ isVerified: false })
    assert.equal(await codeOf(world.newOrganization(person.id)), 'email_not_verified')
  })

  test('a given slug that is taken is refused and gives its place back; a derived one is altered', async () => {
    const person = await world.newUser()
    await world.newOrganization(person.id, { name: 'Zeta', slug: 'zeta' })
    const before = await counter()
    const again = world.newOrganization(person.id, { name: 'Other', slug: 'zeta' })
    assert.equal(await codeOf(again), 'slug_taken')
    assert.equal(await counter(), before)
    const id = await world.newOrganization(person.id, { name: 'Zeta' })
    assert.equal((await world.member(person.id, id)).organization.slug, 'zeta-2')
  })

  test("a taken slug, asked for again and again, does not use up everybody's hour", async () => {
    const hour = async () => {
      const row = await world.db
        .hubQuery(mode)('instance_counters')
        .where('name', 'organizations_this_hour')
        .first('value')
      return row.value
    }
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
      const before = await counter()
      world.keycloak.fail = call
      assert.equal(
        await codeOf(
          world.newOrganization(person.id, { name: 'F', slug: `fail-${call.toLowerCase()}` }),
        ),
        'Error',
      )
      world.keycloak.fail = null
      assert.equal(await counter(), before)
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
    const before = await counter()
    world.keycloak.fail = 'createRealm'
    const realms = world.services.keycloak.realms as { deleteOrganizationRealm: unknown }
    const { deleteOrganizationRealm } = realms
    realms.deleteOrganizationRealm = async () => {
      throw new Error('away')
    }
    assert.equal(
      await codeOf(world.newOrganization(person.id, { name: 'U', slug: 'undo-later' })),
      'Error',
    )
    realms.deleteOrganizationRealm = deleteOrganizationRealm
    world.keycloak.fail = null
    await sweep(world)
    assert.equal(await counter(), before)
    await world.newOrganization(person.id, { name: 'U', slug: 'undo-later' })
  })

  test('a creation whose process died is finished by the sweeper', async () => {
    const person = await world.newUser()
    const operation = await reserveOrganization(world.services, mode, {
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
  })

  test('the instance takes so many organizations and no more', async () => {
    const small = await openTenantWorld(superuserUrl as string, {
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

  test('a removed member is switched off, and a late removal does not lock out who has joined again', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const guest = await world.newUser()
    const joinByMail = async () => {
      await invite(id, owner.id, guest.email)
      const token = await mailedToken(guest.email)
      await consumeInvitation(world.services, mode, { token, userId: guest.id, email: guest.email })
    }
    const isEnabled = () => world.keycloak.enabled.has(`${id}/${guest.id}`)
    await joinByMail()
    assert.ok(isEnabled())
    await endMembership(await world.member(owner.id, id), guest.id, 'member.removed')
    assert.ok(!isEnabled())
    const late = await world.db.tenantTransaction(mode, id, (trx) =>
      startShadowSync(trx, id, guest.id),
    )
    await joinByMail()
    await syncShadowUser(world.services, mode, late)
    assert.ok(isEnabled())
  })
})

/** `ok`, the code of the problem, or the name of another error. */
async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'ok'
  } catch (error) {
    return error instanceof Problem ? error.code : (error as Error).name
  }
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
