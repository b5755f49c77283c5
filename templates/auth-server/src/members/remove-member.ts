import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { endMembership } from './end-membership.ts'

/** Removes a member; their access ends at their next request. */
export const removeMember = defineAction<MemberContext>()({
  id: 'removeMember',
  summary: 'Remove a member',
  problems: ['last_owner', 'permission_denied'],
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  output: null,
  async run(context, { params }) {
    await endMembership(context, params.userId, 'member.removed')
  },
})
