import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { PublicContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import type { Services } from '../services.ts'
import type { StripeEvent } from './stripe.ts'
import { stripeEvents } from './stripe-events/stripe-events.ts'

/**
 * Events of Stripe, with a signature over their bytes instead of a key. What is acknowledged is done:
 * an event is marked when its work is, and until then Stripe sends it again.
 */
export const receiveStripeEvent = defineAction<PublicContext>()({
  id: 'receiveStripeEvent',
  summary: 'Events of the payment provider',
  problems: ['invalid_request', 'not_found'],
  rawBody: true,
  body: z.instanceof(Buffer),
  output: z.object({ received: z.boolean() }),
  async run({ services, header }, { body }) {
    const { stripe } = services
    if (!stripe) throw new Problem('not_found')
    const event = await stripe.readEvent(body, header('stripe-signature'))
    const events = services.db.hubQuery(event.mode)('stripe_events')
    const { id, type } = event
    await events.clone().insert({ id, type }).onConflict('id').ignore()
    const known = await events.clone().where({ id }).first('handled_at')
    if (!known?.handled_at) {
      await handle({ ...services, stripe }, event)
      await events.clone().where({ id }).update({ handled_at: new Date() })
    }
    return { received: true }
  },
})

async function handle(
  services: Services & { stripe: NonNullable<Services['stripe']> },
  event: StripeEvent,
): Promise<void> {
  const { mode, type, customerId } = event
  const handler = Object.hasOwn(stripeEvents, type) ? stripeEvents[type] : undefined
  if (!handler || !customerId) return
  const { rows } = (await services.db
    .hubQuery(mode)
    .raw('select definer.organization_of_customer(?) as id', [customerId])) as {
    rows: { id: string | null }[]
  }
  const organizationId = rows[0]?.id
  // The account of Stripe may have customers who are none of ours.
  if (!organizationId) return
  await handler(services, mode, organizationId, event)
  services.log.info({ organizationId, mode, type, event: event.id }, 'An event of Stripe is done')
}
