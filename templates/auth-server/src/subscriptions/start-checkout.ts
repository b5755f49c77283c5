import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { ensureCustomer } from './ensure-customer.ts'
import type { Plan } from './entitlements.ts'
import { portalUrl } from './portal-url.ts'
import { planColumns, toPlanFacts } from './read-entitlements.ts'
import { requireStripe } from './require-stripe.ts'
import { checkReturnUrl, returnUrlInput, withOutcome } from './return-url.ts'
import { priceOf, type Standing } from './standing.ts'
import { findSubscription, type SubscriptionRow } from './subscription-row.ts'
import { type BillingServices, syncSubscription } from './sync-subscription.ts'

/** Stripe lets a payment page live a day. */
const CHECKOUT_HOURS = 24
/** Stripe is asked this soon by itself; usually its event is here before. */
const FIRST_CHECK_SECONDS = 60

/**
 * The address of a page at Stripe on which a plan is paid, or, for who pays already, on which the
 * change to it is confirmed. The plan is in force when Stripe says that it is paid, never before.
 */
export const startCheckout = defineAction<MemberContext>()({
  id: 'startCheckout',
  summary: 'Pay for a plan, or change to it',
  problems: ['billing_off', 'conflict'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ plan: z.string().max(60), returnUrl: returnUrlInput }),
  output: z.object({ url: z.url() }),
  async run(context, { body }) {
    const services = requireStripe(context.services)
    const { plan, priceId } = requirePlan(context, body.plan)
    const returnUrl = checkReturnUrl(context, body.returnUrl)
    await refuseGranted(context)
    const customerId = await ensureCustomer(services, context)
    // Somebody may have paid just now, and a second subscription would be paid beside the first.
    const standing = await syncSubscription(services, context.mode, context.organizationId)
    if (standing && isRunning(standing)) {
      return { url: await changeUrl(services, context, { standing, plan, priceId, returnUrl }) }
    }
    return { url: await checkoutUrl(services, context, { customerId, plan, priceId, returnUrl }) }
  },
})

function requirePlan({ services, mode }: MemberContext, id: string) {
  const plan = services.settings.plans.find((one) => one.id === id)
  const priceId = plan && plan.priceMonthly > 0 ? priceOf(plan, mode) : null
  if (plan && priceId) return { plan, priceId }
  throw new Problem('invalid_request', {
    detail: 'This plan cannot be bought.',
    errors: [{ pointer: '/plan', message: 'Not a plan that is sold', code: 'unknown_plan' }],
  })
}

/** What the operators have given is not sold as well: it would be paid and change nothing. */
async function refuseGranted({ services, mode, organizationId }: MemberContext): Promise<void> {
  const row = await services.db.tenantTransaction(mode, organizationId, (trx) =>
    trx('organizations')
      .where('tenant_id', organizationId)
      .first(...planColumns),
  )
  if (toPlanFacts(row).overrides.plan) {
    throw new Problem('conflict', {
      detail: 'The operators gave this organization its plan; ask them to change it.',
    })
  }
}

const isRunning = ({ status, subscriptionId }: Standing) =>
  subscriptionId !== null && (status === 'active' || status === 'trialing' || status === 'past_due')

interface Wanted {
  plan: Plan
  priceId: string
  returnUrl: string
}

async function changeUrl(
  services: BillingServices,
  context: MemberContext,
  { standing, plan, priceId, returnUrl }: Wanted & { standing: Standing },
): Promise<string> {
  if (standing.plan?.id === plan.id && standing.status !== 'past_due') {
    throw new Problem('conflict', { detail: 'The organization has this plan already.' })
  }
  const { subscriptionId, itemId } = standing
  // An open bill is paid first; the portal leads to it.
  const isChange = standing.status !== 'past_due' && subscriptionId !== null && itemId !== null
  return portalUrl(services, context, {
    returnUrl,
    ...(isChange ? { change: { subscriptionId, itemId, priceId } } : {}),
    data: { plan: plan.id },
  })
}

async function checkoutUrl(
  services: BillingServices,
  context: MemberContext,
  { customerId, plan, priceId, returnUrl }: Wanted & { customerId: string },
): Promise<string> {
  const { db, stripe } = services
  const { mode, organizationId } = context
  const row = (await db.tenantTransaction(mode, organizationId, (trx) =>
    findSubscription(trx, organizationId),
  )) as SubscriptionRow
  // Two pages that are open at once could both be paid.
  if (row.checkout_id) await stripe.expireCheckout(mode, row.checkout_id)
  const checkout = await stripe.createCheckout(mode, {
    organizationId,
    customerId,
    priceId,
    trialDays: row.is_trial_used ? null : (plan.trialDays ?? null),
    successUrl: withOutcome(returnUrl, 'done'),
    cancelUrl: withOutcome(returnUrl, 'left'),
  })
  const isOurs = await db.tenantTransaction(mode, organizationId, async (trx) => {
    const updated = await trx('subscriptions')
      .where({ tenant_id: organizationId })
      .whereRaw('checkout_id is not distinct from ?', [row.checkout_id])
      .update({
        // Whoever is about to write what Stripe said must not write the page of before.
        version: trx.raw('version + 1'),
        checkout_id: checkout.id,
        checkout_until: trx.raw(`now() + interval '${CHECKOUT_HOURS} hours'`),
        check_at: trx.raw(`now() + interval '${FIRST_CHECK_SECONDS} seconds'`),
      })
    if (updated === 0) return false
    await trx('organizations')
      .where('tenant_id', organizationId)
      .update({ pending_plan: plan.id, updated_at: trx.fn.now() })
    await recordEvent(trx, organizationId, {
      ...byUser(context),
      action: 'subscription.checkout_started',
      target: { kind: 'organization', id: organizationId },
      data: { plan: plan.id },
    })
    return true
  })
  if (isOurs) return checkout.url
  await stripe.expireCheckout(mode, checkout.id)
  throw new Problem('conflict', { detail: 'Somebody else is paying for a plan just now.' })
}
