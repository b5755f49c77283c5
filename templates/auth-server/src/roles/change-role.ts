import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { refuseOverLimit } from '../subscriptions/refuse-over-limit.ts'
import { choosePermissions } from './choose-permissions.ts'
import { countCustomRoles } from './count-custom-roles.ts'
import { findRole, refuseBuiltInRole, refuseTakenRoleName } from './find-role.ts'
import { refuseRoleAbove } from './resolve-role.ts'
import { roleColumns, toRole } from './role-view.ts'

export interface RoleChange {
  name?: string | undefined
  description?: string | null | undefined
  permissions?: string[] | undefined
}

/**
 * Changes a role of the organization's own. Whoever holds the role has the new permissions at their
 * next request. The caller must hold every permission that the role has and will have: else somebody
 * could weaken a role that stands above them.
 */
export async function changeRole(context: MemberContext, roleId: string, change: RoleChange) {
  const { services, mode, organizationId } = context
  const { settings } = services
  return services.db.tenantTransaction(mode, organizationId, async (trx) => {
    await lockOrganization(trx, organizationId)
    const role = await findRole(trx, organizationId, roleId)
    refuseBuiltInRole(settings, role)
    refuseRoleAbove(settings, context.permissions, role)
    if (role.permissions === null) {
      // The settings dropped it; with permissions of its own it becomes one that the plan counts.
      const taken = await countCustomRoles(trx, organizationId)
      await refuseOverLimit(settings, trx, organizationId, 'customRoles', taken)
    }
    const permissions =
      change.permissions === undefined
        ? (role.permissions ?? [])
        : choosePermissions(settings, context.permissions, change.permissions)
    const name = change.name ?? role.name
    await refuseTakenRoleName(trx, organizationId, { name, slug: role.slug }, roleId)
    const description = change.description === undefined ? role.description : change.description
    const [row] = await trx('roles')
      .where({ tenant_id: organizationId, id: roleId })
      .update({ name, description, permissions })
      .returning(roleColumns)
    await recordEvent(trx, organizationId, {
      ...byUser(context),
      action: 'role.updated',
      target: { kind: 'role', id: roleId },
      data: { role: role.slug, ...difference(role.permissions ?? [], permissions) },
    })
    return toRole(settings, row)
  })
}

function difference(before: string[], after: string[]) {
  return {
    added: after.filter((name) => !before.includes(name)),
    removed: before.filter((name) => !after.includes(name)),
  }
}
