import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { isBuiltIn } from './is-built-in.ts'
import { permissionsUnderLock } from './permissions-under-lock.ts'
import { refuseRoleAbove } from './resolve-role.ts'
import { type RoleRow, roleColumns } from './role-view.ts'

/** The role by its id. @throws Problem `not_found` */
export async function findRoleById(
  trx: Knex.Transaction,
  organizationId: string,
  roleId: string,
): Promise<RoleRow> {
  const row = await trx('roles')
    .where({ tenant_id: organizationId, id: roleId })
    .first(...roleColumns)
  if (!row) throw new Problem('not_found')
  return row as RoleRow
}

/**
 * A role that the caller may change or delete: not a built-in one, and with nothing that they lack.
 * The caller holds the organization's lock.
 *
 * @returns the role, and what the caller holds now
 * @throws Problem `not_found`, `permission_denied`, `conflict` for a built-in one
 */
export async function requireOwnRole(
  context: MemberContext,
  trx: Knex.Transaction,
  roleId: string,
): Promise<{ role: RoleRow; held: string[] }> {
  const { services, organizationId } = context
  const held = await permissionsUnderLock(context, trx, 'roles:edit')
  const role = await findRoleById(trx, organizationId, roleId)
  if (isBuiltIn(services.settings, role)) {
    throw new Problem('conflict', {
      detail: 'A built-in role cannot be changed or deleted. Make one of your own.',
      errors: [{ pointer: '', message: 'This role is built in', code: 'built_in_role' }],
    })
  }
  refuseRoleAbove(services.settings, held, role)
  return { role, held }
}
