import { z } from 'zod'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { portalUrl } from './portal-url.ts'
import { requireStripe } from './require-stripe.ts'
import { checkReturnUrl, returnUrlInput } from './return-url.ts'

export const openPortal = defineAction<MemberContext>()({
  id: 'openBillingPortal',
  summary: 'The address of the page for cards, bills and changes',
  problems: ['billing_off', 'conflict'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ returnUrl: returnUrlInput }),
  output: z.object({ url: z.url() }),
  async run(context, { body }) {
    const returnUrl = checkReturnUrl(context, body.returnUrl)
    return { url: await portalUrl(requireStripe(context.services), context, { returnUrl }) }
  },
})
