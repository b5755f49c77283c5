import type { Knex } from 'knex'
import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { refuseOwnerRole } from '../organizations/refuse-owner-role.ts'
import { requireOwnRole } from './find-role.ts'
import { moveRole } from './move-role.ts'
import { refuseRoleAbove, resolveRole, roleInput } from './resolve-role.ts'
import { roleParams } from './role-input.ts'
import type { RoleRow } from './role-view.ts'

/**
 * Deletes a role of the organization's own. While somebody holds it, or is invited into it, it needs a
 * role to take its place: nobody loses their rights by a click on something else. Nothing but the
 * trail remembers it: invitations into it that are settled go with it.
 */
export const deleteRole = defineAction<MemberContext>()({
  id: 'deleteRole',
  summary: 'Delete a role of your own',
  problems: ['conflict'],
  params: roleParams,
  query: z.strictObject({ reassignTo: roleInput.optional() }),
  output: null,
  async run(context, { params, query }) {
    const { services, mode, organizationId } = context
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const { role, held } = await requireOwnRole(context, trx, params.roleId)
      const target =
        query.reassignTo === undefined
          ? null
          : await resolveTarget(context, trx, { role, held, wanted: query.reassignTo })
      if (!target) await refuseRoleInUse(trx, organizationId, role)
      const moved = await moveRole(context, trx, role, target)
      await trx('roles').where({ tenant_id: organizationId, id: role.id }).delete()
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'role.deleted',
        target: { kind: 'role', id: role.id },
        data: { slug: role.slug, reassignedTo: target?.slug ?? null, ...moved },
      })
    })
  },
})

async function resolveTarget(
  { services, organizationId }: MemberContext,
  trx: Knex.Transaction,
  { role, held, wanted }: { role: RoleRow; held: string[]; wanted: string },
): Promise<RoleRow> {
  const pointer = '/query/reassignTo'
  const target = await resolveRole(trx, organizationId, services.settings, wanted, pointer)
  // People become owners one by one and by name, not by the deletion of something.
  refuseOwnerRole(target, pointer)
  refuseRoleAbove(services.settings, held, target)
  if (target.id === role.id) {
    throw new Problem('invalid_request', {
      errors: [{ pointer, message: 'This is the role that goes', code: 'same_role' }],
    })
  }
  return target
}

async function refuseRoleInUse(
  trx: Knex.Transaction,
  organizationId: string,
  role: RoleRow,
): Promise<void> {
  const where = { tenant_id: organizationId, role_id: role.id }
  const [members, invitations] = [
    await trx('memberships').where(where).count('user_id as count').first(),
    await trx('invitations')
      .where({ ...where, status: 'pending' })
      .whereRaw('expires_at > now()')
      .count('id as count')
      .first(),
  ]
  const inUse = { members: Number(members?.count), invitations: Number(invitations?.count) }
  if (inUse.members + inUse.invitations > 0) {
    throw new Problem('conflict', {
      detail: 'Members or invitations have this role. Name another for them with reassignTo.',
      errors: [{ pointer: '/query/reassignTo', message: 'Name a role', code: 'role_in_use' }],
      extra: inUse,
    })
  }
}
