import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { choosePermissions } from './choose-permissions.ts'
import { rolePermissions } from './expand-permissions.ts'
import { findRoleById, requireOwnRole } from './find-role.ts'
import { permissionsInput, roleParams } from './role-input.ts'
import { roleShape, toRole } from './role-view.ts'

/**
 * Replaces what a role grants. Whoever holds it has the new list at their next request. The caller must
 * hold the old list too: else somebody could take from others what they may not decide on.
 */
export const setRolePermissions = defineAction<MemberContext>()({
  id: 'setRolePermissions',
  summary: 'Replace the permissions of a role of your own',
  problems: ['conflict'],
  params: roleParams,
  body: z.strictObject({ permissions: permissionsInput }),
  output: roleShape,
  async run(context, { params, body }) {
    const { services, mode, organizationId } = context
    const { settings } = services
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const { role, held } = await requireOwnRole(context, trx, params.roleId)
      if (role.permissions === null) {
        throw new Problem('conflict', {
          detail: 'The settings made this role and dropped it. It can only be deleted.',
        })
      }
      const permissions = choosePermissions(settings, held, body.permissions)
      const before = rolePermissions(settings, role)
      await trx('roles').where({ tenant_id: organizationId, id: role.id }).update({ permissions })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'role.permissions_changed',
        target: { kind: 'role', id: role.id },
        data: {
          slug: role.slug,
          added: permissions.filter((name) => !before.includes(name)),
          removed: before.filter((name) => !permissions.includes(name)),
        },
      })
      return toRole(settings, await findRoleById(trx, organizationId, role.id))
    })
  },
})
