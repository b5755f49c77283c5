import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { changeMemberStatus } from './change-member-status.ts'
import { memberShape } from './member-view.ts'

/** Suspends a member: no access from their next request on, until they are taken back. */
export const suspendMember = defineAction<MemberContext>()({
  id: 'suspendMember',
  summary: 'Suspend a member',
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  output: memberShape,
  problems: ['permission_denied', 'last_owner', 'conflict'],
  run: (context, { params }) => changeMemberStatus(context, params.userId, 'suspended'),
})
