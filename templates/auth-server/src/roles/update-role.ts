import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { findRoleById, requireOwnRole } from './find-role.ts'
import { descriptionInput, roleNameInput, roleParams } from './role-input.ts'
import { refuseTakenName } from './role-names.ts'
import { roleShape, toRole } from './role-view.ts'

/**
 * Renames a role or describes it anew. The slug stays: tokens carry it and the customer's code asks
 * for it, so a new one would take rights away without a word.
 */
export const updateRole = defineAction<MemberContext>()({
  id: 'updateRole',
  summary: 'Rename a role of your own',
  problems: ['conflict'],
  params: roleParams,
  body: z.strictObject({
    name: roleNameInput.optional(),
    description: descriptionInput.nullable().optional(),
  }),
  output: roleShape,
  async run(context, { params, body }) {
    const { services, mode, organizationId } = context
    const { settings } = services
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const { role } = await requireOwnRole(context, trx, params.roleId)
      const changed = Object.keys(body)
      if (changed.length === 0) return toRole(settings, role)
      if (body.name) await refuseTakenName(trx, organizationId, settings, body.name, role.id)
      await trx('roles')
        .where({ tenant_id: organizationId, id: role.id })
        .update({
          ...(body.name ? { name: body.name } : {}),
          ...(body.description === undefined ? {} : { description: body.description || null }),
        })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'role.updated',
        target: { kind: 'role', id: role.id },
        data: { slug: role.slug, changed },
      })
      return toRole(settings, await findRoleById(trx, organizationId, role.id))
    })
  },
})
