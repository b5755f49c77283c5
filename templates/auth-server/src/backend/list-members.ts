import { z } from 'zod'
import { pageShape } from '../db/page.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { memberShape } from '../members/member-view.ts'
import { membersQuery, pageOfMembers } from '../members/page-of-members.ts'
import { findBackendOrganization } from './backend-organization.ts'

export const listBackendMembers = defineAction<SecretContext>()({
  id: 'backendListMembers',
  summary: 'List the members of an organization, in the order they joined',
  params: z.object({ orgId: z.uuid() }),
  query: membersQuery,
  output: pageShape(memberShape),
  async run({ services, mode }, { params, query }) {
    await findBackendOrganization(services, mode, params.orgId)
    return pageOfMembers(services, mode, params.orgId, query)
  },
})
