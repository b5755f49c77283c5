import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { changeCancellation } from './change-cancellation.ts'
import { subscriptionShape } from './show-subscription.ts'

/** Possible until the period has ended; afterwards a plan is bought anew. */
export const resumeSubscription = defineAction<MemberContext>()({
  id: 'resumeSubscription',
  summary: 'Take back the end of the subscription',
  problems: ['billing_off', 'conflict'],
  params: z.object({ orgId: z.uuid() }),
  output: subscriptionShape,
  run: (context) => changeCancellation(context, false),
})
