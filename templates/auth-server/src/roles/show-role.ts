import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { roleParams } from './role-input.ts'
import { type RoleRow, roleColumns, roleShape, toRole } from './role-view.ts'

export const showRole = defineAction<TenantContext>()({
  id: 'showRole',
  summary: 'Show a role with its permissions',
  params: roleParams,
  output: roleShape,
  async run({ services, mode, organizationId }, { params }) {
    const [row] = await services.db.tenantRead<RoleRow>(mode, organizationId, (knex) =>
      knex('roles').where({ tenant_id: organizationId, id: params.roleId }).select(roleColumns),
    )
    if (!row) throw new Problem('not_found')
    return toRole(services.settings, row)
  },
})
