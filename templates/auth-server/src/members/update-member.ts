import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove, resolveRole, roleInput } from '../roles/resolve-role.ts'
import { findMember, refuseLastOwner } from './find-member.ts'
import { memberShape } from './member-view.ts'
import { showMember } from './show-member.ts'

/**
 * Gives a member another role. The caller must hold every permission of the old role and of the new
 * one: otherwise an admin could make themselves owner, or take the owner down.
 */
export const updateMember = defineAction<MemberContext>()({
  id: 'updateMember',
  summary: 'Change the role of a member',
  problems: ['last_owner', 'permission_denied'],
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  body: z.strictObject({ role: roleInput }),
  output: memberShape,
  async run(context, { params, body }) {
    const { services, mode, organizationId } = context
    const { settings } = services
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'members:edit')
      const member = await findMember(trx, organizationId, params.userId)
      if (!member) throw new Problem('not_found')
      const role = await resolveRole(trx, organizationId, settings, body.role)
      refuseRoleAbove(settings, held, member.role)
      refuseRoleAbove(settings, held, role)
      if (role.id !== member.role.id) {
        await refuseLastOwner(trx, organizationId, member)
        await trx('memberships')
          .where({ tenant_id: organizationId, user_id: params.userId })
          .update({ role_id: role.id })
        await recordEvent(trx, organizationId, {
          ...byUser(context),
          action: 'member.role_changed',
          target: { kind: 'user', id: params.userId },
          data: { from: member.role.slug, to: role.slug },
        })
      }
      return showMember(trx, organizationId, params.userId)
    })
  },
})
