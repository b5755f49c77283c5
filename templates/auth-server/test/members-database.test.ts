import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { consumeInvitation } from '../src/invitations/consume-invitation.ts'
import { newInvitationToken } from '../src/invitations/invitation-token.ts'
import { endMembership } from '../src/members/end-membership.ts'
import { startShadowSync, syncShadowUser } from '../src/members/sync-shadow-user.ts'
import { updateMember } from '../src/members/update-member.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf, invite, join, outboxToken } from './support/tenant-steps.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

describe('members and invitations, on a real PostgreSQL', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string)
  })
  after(() => world?.close())

  test('of two last owners who leave at the same moment, one stays', async () => {
    for (let round = 0; round < 8; round++) {
      const first = await world.newUser()
      const id = await world.newOrganization(first.id)
      const second = await join(world, id, 'owner')
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
    await join(world, id, 'owner')
    const admin = await join(world, id, 'admin')
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
    assert.equal(
      await codeOf(invite(world, id, admin.id, 'x@example.com', 'Owner')),
      'permission_denied',
    )
    // The admin of these settings lacks projects:view, so may not hand it out either.
    assert.equal(
      await codeOf(invite(world, id, admin.id, 'x@example.com', 'member')),
      'permission_denied',
    )
    assert.equal(await codeOf(invite(world, id, admin.id, 'x@example.com', 'ADMIN')), 'ok')
  })

  test('pending invitations count against the plan, exactly, when many are sent at once', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        codeOf(invite(world, id, owner.id, `p${n}-${id}@example.com`)),
      ),
    )
    assert.equal(codes.filter((code) => code === 'ok').length, 3)
    assert.equal(codes.filter((code) => code === 'limit_reached').length, 5)
  })

  test('inviting an address again replaces its invitation and takes no second place', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const guest = await world.newUser()
    await invite(world, id, owner.id, guest.email)
    const old = await outboxToken(world, guest.email)
    await invite(world, id, owner.id, guest.email)
    await invite(world, id, owner.id, guest.email)
    const accept = (token: string) =>
      codeOf(
        consumeInvitation(world.services, mode, { token, userId: guest.id, email: guest.email }),
      )
    assert.equal(await accept(old), 'link_invalid')
    assert.equal(await accept(await outboxToken(world, guest.email)), 'ok')
    assert.equal(await codeOf(invite(world, id, owner.id, guest.email)), 'conflict')
  })

  test('an invitation is for one address, one use and one week', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const guest = await world.newUser()
    const thief = await world.newUser()
    const { id: invitationId } = await invite(world, id, owner.id, guest.email)
    const token = await outboxToken(world, guest.email)
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
    await invite(world, id, owner.id, 'quiet@example.com')
    const token = await outboxToken(world, 'quiet@example.com')
    const rows = await world.db.hubQuery(mode)('outbox').select('payload', 'sealed')
    for (const row of rows) {
      assert.ok(!JSON.stringify(row.payload).includes(token))
      assert.ok(!row.sealed?.includes(token))
    }
  })

  test('a removed member is switched off, and a late removal does not lock out who has joined again', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const guest = await world.newUser()
    const joinByMail = async () => {
      await invite(world, id, owner.id, guest.email)
      const token = await outboxToken(world, guest.email)
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
