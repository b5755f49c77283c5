import { z } from 'zod'
import { recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMember, refuseLastOwner } from '../members/find-member.ts'
import { memberShape } from '../members/member-view.ts'
import { showMember } from '../members/show-member.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { resolveRole, roleInput } from '../roles/resolve-role.ts'
import { byBackend } from './by-backend.ts'

export const updateBackendMember = defineAction<SecretContext>()({
  id: 'backendUpdateMember',
  summary: 'Change the role of a member',
  problems: ['last_owner'],
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  body: z.strictObject({ role: roleInput }),
  output: memberShape,
  async run(context, { params, body }) {
    const { services, mode } = context
    const { orgId, userId } = params
    return services.db.tenantTransaction(mode, orgId, async (trx) => {
      await lockOrganization(trx, orgId)
      const member = await findMember(trx, orgId, userId)
      if (!member) throw new Problem('not_found')
      const role = await resolveRole(trx, orgId, services.settings, body.role)
      if (role.id !== member.role.id) {
        await refuseLastOwner(trx, orgId, member)
        await trx('memberships')
          .where({ tenant_id: orgId, user_id: userId })
          .update({ role_id: role.id })
        const by = byBackend(context)
        await recordEvent(trx, orgId, {
          ...by,
          action: 'member.role_changed',
          target: { kind: 'user', id: userId },
          data: { ...by.data, from: member.role.slug, to: role.slug },
        })
      }
      return showMember(trx, orgId, userId)
    })
  },
})
