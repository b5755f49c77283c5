import { z } from 'zod'
import { recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { dropMember } from '../members/end-membership.ts'
import { findMember, refuseLastOwner } from '../members/find-member.ts'
import { syncShadowUserNow } from '../members/sync-shadow-user.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { byBackend } from './by-backend.ts'

export const removeBackendMember = defineAction<SecretContext>()({
  id: 'backendRemoveMember',
  summary: 'Remove a member',
  problems: ['last_owner'],
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  output: null,
  async run(context, { params }) {
    const { services, mode } = context
    const { orgId, userId } = params
    const operation = await services.db.tenantTransaction(mode, orgId, async (trx) => {
      await lockOrganization(trx, orgId)
      const member = await findMember(trx, orgId, userId)
      if (!member) throw new Problem('not_found')
      await refuseLastOwner(trx, orgId, member)
      const sync = await dropMember(trx, orgId, userId, 'removed')
      const by = byBackend(context)
      await recordEvent(trx, orgId, {
        ...by,
        action: 'member.removed',
        target: { kind: 'user', id: userId },
        data: { ...by.data, role: member.role.slug },
      })
      return sync
    })
    await syncShadowUserNow(services, mode, operation)
  },
})
