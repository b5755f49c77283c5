import { z } from 'zod'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { memberShape } from '../members/member-view.ts'
import { showMember } from '../members/show-member.ts'
import { findBackendOrganization } from './backend-organization.ts'

export const getBackendMember = defineAction<SecretContext>()({
  id: 'backendGetMember',
  summary: 'One member',
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  output: memberShape,
  async run({ services, mode }, { params }) {
    const { orgId, userId } = params
    await findBackendOrganization(services, mode, orgId)
    return services.db.tenantTransaction(mode, orgId, (trx) => showMember(trx, orgId, userId))
  },
})
