import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { priceOf } from './standing.ts'
import { findSubscription } from './subscription-row.ts'
import type { BillingServices } from './sync-subscription.ts'

interface Portal {
  returnUrl: string
  /** Straight to the page that confirms this change. */
  change?: { subscriptionId: string; itemId: string; priceId: string }
  data?: Record<string, unknown>
}

/** A page at Stripe for cards, bills, change and end of the subscription; 409 when nothing was ever paid. */
export async function portalUrl(
  { db, stripe, settings }: BillingServices,
  context: MemberContext,
  { returnUrl, change, data = {} }: Portal,
): Promise<string> {
  const { mode, organizationId } = context
  const row = await db.tenantTransaction(mode, organizationId, (trx) =>
    findSubscription(trx, organizationId),
  )
  if (!row?.customer_id) {
    throw new Problem('conflict', { detail: 'This organization has never paid for a plan.' })
  }
  const priceIds = settings.plans.flatMap((plan) => priceOf(plan, mode) ?? [])
  const url = await stripe.createPortal(mode, {
    customerId: row.customer_id,
    configurationId: await stripe.ensurePortalConfiguration(mode, priceIds),
    returnUrl,
    ...(change ? { change } : {}),
  })
  await db.tenantTransaction(mode, organizationId, (trx) =>
    recordEvent(trx, organizationId, {
      ...byUser(context),
      action: 'subscription.portal_opened',
      target: { kind: 'organization', id: organizationId },
      data,
    }),
  )
  return url
}
