import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { endMembership } from '../members/end-membership.ts'

/** Leaves the organization. The last owner cannot: an organization without one is nobody's. */
export const leaveOrganization = defineAction<MemberContext>()({
  id: 'leaveOrganization',
  summary: 'Leave an organization',
  problems: ['last_owner'],
  params: z.object({ orgId: z.uuid() }),
  output: null,
  async run(context) {
    await endMembership(context, context.userId, 'member.left')
  },
})
