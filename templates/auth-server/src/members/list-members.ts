import { z } from 'zod'
import { pageShape } from '../db/page.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { memberShape } from './member-view.ts'
import { membersQuery, pageOfMembers } from './page-of-members.ts'

/** Members in the order they joined. */
export const listMembers = defineAction<TenantContext>()({
  id: 'listMembers',
  summary: 'List the members of an organization',
  params: z.object({ orgId: z.uuid() }),
  query: membersQuery,
  output: pageShape(memberShape),
  run: ({ services, mode, organizationId }, { query }) =>
    pageOfMembers(services, mode, organizationId, query),
})
