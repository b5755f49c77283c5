import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { changeMemberStatus } from './change-member-status.ts'
import { memberShape } from './member-view.ts'

/** Takes a suspended member back, with the role that they had. */
export const reactivateMember = defineAction<MemberContext>()({
  id: 'reactivateMember',
  summary: 'Take a suspended member back',
  params: z.object({ orgId: z.uuid(), userId: z.uuid() }),
  output: memberShape,
  problems: ['permission_denied'],
  run: (context, { params }) => changeMemberStatus(context, params.userId, 'active'),
})
