import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { changeCancellation } from './change-cancellation.ts'
import { subscriptionShape } from './show-subscription.ts'

/** What is paid for stays until the end of the period; then the organization has the free plan. */
export const cancelSubscription = defineAction<MemberContext>()({
  id: 'cancelSubscription',
  summary: 'End the subscription with its period',
  problems: ['billing_off', 'conflict'],
  params: z.object({ orgId: z.uuid() }),
  output: subscriptionShape,
  run: (context) => changeCancellation(context, true),
})
