import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { updateDomain } from '../src/domains/update-domain.ts'
import type { MemberContext, TenantContext } from '../src/http/context.ts'
import { createInvitation } from '../src/invitations/create-invitation.ts'
import { resendInvitation } from '../src/invitations/resend-invitation.ts'
import { changeMemberStatus } from '../src/members/change-member-status.ts'
import { endMembership } from '../src/members/end-membership.ts'
import { updateMember } from '../src/members/update-member.ts'
import { deleteOrganization } from '../src/organizations/delete-organization.ts'
import { updateOrganization } from '../src/organizations/update-organization.ts'
import { superuserUrl } from './support/instance.ts'
import { codeOf, invite, join } from './support/tenant-steps.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'

const superuser = superuserUrl()

/**
 * The attack: an owner who is being demoted sends, at the same moment, a request that makes an
 * accomplice owner. The guard let it in before the demotion; it waits for the lock, and goes on after.
 */
describe('rights that were lost while a request waited for the lock', {
  skip: !superuser && 'no PostgreSQL: set AUTHSTACK_PG_SUPERUSER_URL',
}, () => {
  let world: TenantWorld
  before(async () => {
    world = await openTenantWorld(superuser as string)
  })
  after(() => world?.close())

  /** Everything that the guard let in while `who` was still an owner. */
  async function attempts(id: string, context: MemberContext, accomplice: string) {
    const params = { orgId: id }
    const query = undefined
    const { invitationId, domainId } = await furnish(id, context)
    return {
      'make an accomplice owner': () =>
        updateMember.run(context, {
          params: { orgId: id, userId: accomplice },
          query,
          body: { role: 'owner' },
        }),
      'suspend somebody': () => changeMemberStatus(context, accomplice, 'suspended'),
      'remove somebody': () => endMembership(context, accomplice, 'member.removed'),
      'invite an owner': () =>
        createInvitation.run(context, {
          params,
          query,
          body: { email: 'o@x.example', role: 'owner' },
        }),
      'send the invitation of an owner again': () =>
        resendInvitation.run(context, {
          params: { orgId: id, invitationId },
          query,
          body: undefined,
        }),
      'let a domain make admins': () =>
        updateDomain.run(context, {
          params: { orgId: id, domainId },
          query,
          body: { autoJoin: true, autoJoinRole: 'admin' },
        }),
      'make admin the default role': () =>
        updateOrganization.run(context, {
          params,
          query,
          body: { settings: { defaultRole: 'admin' } },
        }),
      'delete the organization': () =>
        deleteOrganization.run(context, { params, query, body: undefined }),
    }
  }

  async function furnish(id: string, context: MemberContext) {
    const invitation = await invite(world, id, context.userId, `${id}@x.example`, 'owner')
    return world.db.tenantTransaction(mode, id, async (trx) => {
      const [domain] = await trx('organization_domains')
        .insert({
          tenant_id: id,
          domain: `${id}.example.com`,
          token: 'token',
          created_by: context.userId,
          status: 'verified',
          verified_at: trx.fn.now(),
        })
        .returning('id')
      return { invitationId: invitation.id, domainId: domain.id as string }
    })
  }

  const demote = (id: string, userId: string) =>
    world.db.tenantTransaction(mode, id, async (trx) => {
      const role = await trx('roles').where({ tenant_id: id, slug: 'viewer' }).first('id')
      await trx('memberships')
        .where({ tenant_id: id, user_id: userId })
        .update({ role_id: role.id })
    })

  test('nothing is done with them', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const traitor = await join(world, id, 'owner')
    const accomplice = await join(world, id, 'viewer')
    const context = await world.member(traitor.id, id)
    const all = await attempts(id, context, accomplice.id)
    await demote(id, traitor.id)
    for (const [what, attempt] of Object.entries(all)) {
      assert.equal(await codeOf(attempt()), 'permission_denied', what)
    }
  })

  test('and nothing by somebody who was removed', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const traitor = await join(world, id, 'owner')
    const accomplice = await join(world, id, 'viewer')
    const context = await world.member(traitor.id, id)
    const all = await attempts(id, context, accomplice.id)
    await endMembership(await world.member(owner.id, id), traitor.id, 'member.removed')
    for (const [what, attempt] of Object.entries(all)) {
      assert.equal(await codeOf(attempt()), 'not_found', what)
    }
  })

  test('nor by a machine whose key was revoked', async () => {
    const owner = await world.newUser()
    const id = await world.newOrganization(owner.id)
    const member = await world.member(owner.id, id)
    const [key] = await world.db.tenantTransaction(mode, id, (trx) =>
      trx('machine_keys')
        .insert({
          tenant_id: id,
          public_id: 'abcdefgh',
          key_hash: Buffer.from(id),
          name: 'Machine',
          permissions: ['members:invite', 'projects:view'],
          created_by: owner.id,
        })
        .returning('id'),
    )
    const machine = {
      ...member,
      userId: null,
      machine: { id: key.id, name: 'Machine' },
    } as unknown as TenantContext
    const inviteBy = (email: string) =>
      codeOf(
        createInvitation.run(machine, {
          params: { orgId: id },
          query: undefined,
          body: { email, role: 'viewer' },
        }),
      )
    assert.equal(await inviteBy('first@x.example'), 'ok')
    await world.db.tenantTransaction(mode, id, (trx) =>
      trx('machine_keys').where({ tenant_id: id }).update({ revoked_at: trx.fn.now() }),
    )
    assert.equal(await inviteBy('second@x.example'), 'key_invalid')
  })
})
