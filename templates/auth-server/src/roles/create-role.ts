import type { Knex } from 'knex'
import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import type { Settings } from '../settings.ts'
import { limitReached } from '../subscriptions/limit-reached.ts'
import { refuseOverLimit } from '../subscriptions/refuse-over-limit.ts'
import { choosePermissions } from './choose-permissions.ts'
import { countCustomRoles } from './count-custom-roles.ts'
import { permissionsUnderLock } from './permissions-under-lock.ts'
import { descriptionInput, permissionsInput, roleNameInput, roleSlugInput } from './role-input.ts'
import { chooseSlug, refuseTakenName } from './role-names.ts'
import { type RoleRow, roleColumns, roleShape, toRole } from './role-view.ts'

/** So many an organization can have on any plan: lists of roles are read whole. */
export const OWN_ROLES_MAX = 200

/** Makes a role of the organization's own. Nobody puts into it what they lack. */
export const createRole = defineAction<MemberContext>()({
  id: 'createRole',
  summary: 'Make a role of your own',
  problems: ['conflict', 'slug_taken', 'limit_reached'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({
    name: roleNameInput,
    slug: roleSlugInput.optional(),
    description: descriptionInput.optional(),
    permissions: permissionsInput,
  }),
  status: 201,
  output: roleShape,
  idempotent: true,
  async run(context, { body }) {
    const { services, mode, organizationId } = context
    const { settings } = services
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'roles:edit')
      const permissions = choosePermissions(settings, held, body.permissions)
      await refuseTakenName(trx, organizationId, settings, body.name)
      const slug = await chooseSlug(trx, organizationId, settings, body)
      await refuseManyRoles(settings, trx, organizationId)
      const [row] = await trx('roles')
        .insert({
          tenant_id: organizationId,
          slug,
          name: body.name,
          description: body.description || null,
          permissions,
        })
        .returning([...roleColumns])
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'role.created',
        target: { kind: 'role', id: row.id },
        data: { slug, permissions },
      })
      return toRole(settings, row as RoleRow)
    })
  },
})

async function refuseManyRoles(
  settings: Settings,
  trx: Knex.Transaction,
  organizationId: string,
): Promise<void> {
  const taken = await countCustomRoles(trx, organizationId)
  if (taken >= OWN_ROLES_MAX) {
    throw limitReached('customRoles', OWN_ROLES_MAX, `There can be ${OWN_ROLES_MAX} roles.`)
  }
  await refuseOverLimit(settings, trx, organizationId, 'customRoles', taken)
}
