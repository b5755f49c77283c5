import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { defaultRole } from '../organizations/default-role.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { refuseOwnerRole } from '../organizations/refuse-owner-role.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove, resolveRole, roleInput } from '../roles/resolve-role.ts'
import { domainShape, toDomain } from './domain-view.ts'
import { findDomain } from './find-domain.ts'

/**
 * Whether people with an address under a verified domain join by themselves, and with which role: one
 * that the caller could hand out in person, and never the owner's.
 */
export const updateDomain = defineAction<MemberContext>()({
  id: 'updateDomain',
  summary: 'Let people join by their address under a domain',
  problems: ['permission_denied', 'domain_not_verified'],
  params: z.object({ orgId: z.uuid(), domainId: z.uuid() }),
  body: z.strictObject({
    autoJoin: z.boolean().optional(),
    autoJoinRole: roleInput.optional(),
  }),
  output: domainShape,
  async run(context, { params, body }) {
    const { services, mode, organizationId } = context
    const { settings } = services
    return services.db.tenantTransaction(mode, organizationId, async (trx) => {
      const organization = await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'domains:edit')
      const before = await findDomain(trx, organizationId, params.domainId)
      const autoJoin = body.autoJoin ?? before.auto_join
      if (autoJoin && before.status !== 'verified') {
        throw new Problem('domain_not_verified', {
          detail: 'Nobody joins by a domain that is not verified.',
        })
      }
      const wanted =
        body.autoJoinRole ??
        before.role_id ??
        (autoJoin ? defaultRole(settings, organization.defaultRole) : null)
      if (wanted === null && autoJoin) {
        throw new Problem('invalid_request', {
          errors: [{ pointer: '/autoJoinRole', message: 'Name a role', code: 'role_needed' }],
        })
      }
      const role =
        wanted === null
          ? null
          : await resolveRole(trx, organizationId, settings, wanted, '/autoJoinRole')
      if (role) {
        refuseOwnerRole(role, '/autoJoinRole')
        refuseRoleAbove(settings, held, role)
      }
      await trx('organization_domains')
        .where({ tenant_id: organizationId, id: params.domainId })
        .update({ auto_join: autoJoin, auto_join_role_id: role?.id ?? null })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'domain.updated',
        target: { kind: 'domain', id: params.domainId },
        data: { domain: before.domain, autoJoin, role: role?.slug ?? null },
      })
      return toDomain(await findDomain(trx, organizationId, params.domainId))
    })
  },
})
