import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'
import { type Actor, applyStanding } from './apply-standing.ts'
import { type Standing, standingOf } from './standing.ts'
import type { StripeDoor } from './stripe.ts'
import { findSubscription } from './subscription-row.ts'

export type BillingServices = Pick<Services, 'db' | 'settings' | 'masterKey' | 'log'> & {
  stripe: StripeDoor
}

const TRIES_MAX = 5

/**
 * Reads an organization's subscriptions from Stripe and writes what they mean: the only way to a paid
 * plan but an operator's word. Events tell that something changed, never what: so it does not matter
 * in which order they come, or how often.
 *
 * Stripe's answer is written only if nobody wrote since before it was asked for; else it may be older
 * than the row, and Stripe is asked again. No database connection is held while Stripe is asked.
 */
export async function syncSubscription(
  services: BillingServices,
  mode: Mode,
  organizationId: string,
  { by, now = () => new Date() }: { by?: Actor; now?: () => Date } = {},
): Promise<Standing | null> {
  const { db, settings, stripe, log } = services
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const row = await db.tenantTransaction(mode, organizationId, (trx) =>
      findSubscription(trx, organizationId),
    )
    if (!row?.customer_id) return null
    const subscriptions = await stripe.listSubscriptions(mode, row.customer_id)
    const before = {
      subscriptionId: row.subscription_id,
      currentPeriodEnd: row.current_period_end,
      pastDueSince: row.past_due_since,
      planId: row.plan,
    }
    const at = now()
    const standing = standingOf(settings, mode, subscriptions, before, at)
    const facts = { organizationId, mode }
    if (standing.duplicates.length > 0) {
      log.error({ ...facts, subscriptions: standing.duplicates }, 'An organization pays twice')
    }
    if (standing.unknownPriceId) {
      log.error(
        { ...facts, priceId: standing.unknownPriceId },
        'Somebody pays a price of no plan: put it into olderStripePriceIds of its plan',
      )
    }
    const change = { row, standing, now: at, by }
    if (await applyStanding(services, mode, organizationId, change)) return standing
  }
  throw new Problem('unavailable', {
    retryAfterSeconds: 5,
    cause: `The subscription of ${organizationId} changed at each of ${TRIES_MAX} tries`,
  })
}
