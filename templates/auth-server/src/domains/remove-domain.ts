import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { findDomain } from './find-domain.ts'

/** Gives a domain up. Who joined by it stays a member; nobody else does. */
export const removeDomain = defineAction<MemberContext>()({
  id: 'removeDomain',
  summary: 'Give up a domain',
  params: z.object({ orgId: z.uuid(), domainId: z.uuid() }),
  output: null,
  async run(context, { params }) {
    const { services, mode, organizationId } = context
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      await lockOrganization(trx, organizationId)
      const { domain } = await findDomain(trx, organizationId, params.domainId)
      await trx('organization_domains')
        .where({ tenant_id: organizationId, id: params.domainId })
        .delete()
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'domain.removed',
        target: { kind: 'domain', id: params.domainId },
        data: { domain },
      })
    })
  },
})
