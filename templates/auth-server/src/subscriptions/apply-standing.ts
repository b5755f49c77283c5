import type { Knex } from 'knex'
import { type AuditEvent, recordEvent } from '../audit/record-event.ts'
import type { Mode } from '../db/mode.ts'
import { fallbackPlan } from './entitlements.ts'
import { mailBillingHolders } from './mail-billing-holders.ts'
import type { Standing } from './standing.ts'
import type { SubscriptionRow } from './subscription-row.ts'
import type { BillingServices } from './sync-subscription.ts'
import { writePlan } from './write-plan.ts'

export type Actor = Pick<AuditEvent, 'actor' | 'ip' | 'requestId'>

interface Change {
  row: SubscriptionRow
  standing: Standing
  now: Date
  /** Who made Stripe change; an event of Stripe's own when nobody did. */
  by?: Actor | undefined
}

/** How often an open payment page is looked after, should its event not come. */
const CHECKOUT_CHECK_MILLISECONDS = 5 * 60_000

/**
 * Writes a standing, tells the trail and those who pay. Mails belong to the change, not to the event
 * that told of it: an event that comes twice changes nothing the second time.
 *
 * @returns false when the row was written by somebody else meanwhile; then nothing happened
 */
export function applyStanding(
  services: Pick<BillingServices, 'db' | 'settings' | 'masterKey'>,
  mode: Mode,
  organizationId: string,
  change: Change,
): Promise<boolean> {
  const { row, standing, now } = change
  const isCheckoutOpen = !standing.plan && row.checkout_until !== null && row.checkout_until > now
  return services.db.tenantTransaction(mode, organizationId, async (trx) => {
    const written = await trx('subscriptions')
      .where({ tenant_id: organizationId, version: row.version })
      .update({
        subscription_id: standing.subscriptionId,
        status: standing.status,
        plan: standing.plan?.id ?? null,
        paid_until: standing.paidUntil,
        current_period_end: standing.currentPeriodEnd,
        trial_ends_at: standing.trialEndsAt,
        cancel_at_period_end: standing.cancelAtPeriodEnd,
        past_due_since: standing.pastDueSince,
        checkout_id: isCheckoutOpen ? row.checkout_id : null,
        checkout_until: isCheckoutOpen ? row.checkout_until : null,
        check_at:
          standing.checkAt ??
          (isCheckoutOpen ? new Date(+now + CHECKOUT_CHECK_MILLISECONDS) : null),
        is_trial_used: row.is_trial_used || standing.trialEndsAt !== null,
        version: row.version + 1,
        updated_at: trx.fn.now(),
      })
    if (written === 0) return false
    const paid = { plan: standing.plan?.id ?? null, until: standing.paidUntil }
    await writePlan(services, trx, organizationId, paid)
    await tell(services, trx, organizationId, change)
    return true
  })
}

async function tell(
  services: Pick<BillingServices, 'settings' | 'masterKey'>,
  trx: Knex.Transaction,
  organizationId: string,
  { row, standing, by = { actor: { kind: 'system', id: null } } }: Change,
): Promise<void> {
  const record = (action: string, data: Record<string, unknown>) =>
    recordEvent(trx, organizationId, {
      ...by,
      action,
      target: { kind: 'organization', id: organizationId },
      data,
    })
  const organization = await trx('organizations')
    .where('tenant_id', organizationId)
    .first('name', 'status')
  const organizationName = String(organization?.name)
  // Whoever deleted it knows what that ends.
  const isHeard = organization?.status === 'active'
  const { plan, status } = standing
  if (plan && !row.plan) await record('subscription.started', { plan: plan.id, status })
  if (plan && row.plan && plan.id !== row.plan) {
    await record('subscription.plan_changed', { from: row.plan, to: plan.id })
  }
  if (standing.pastDueSince && !row.past_due_since) {
    await record('subscription.payment_failed', { plan: row.plan })
    if (plan && isHeard) {
      await mailBillingHolders(services, trx, organizationId, 'payment-failed', {
        organizationName,
        planName: plan.name,
        until: standing.paidUntil?.toISOString() ?? null,
      })
    }
  }
  if (!standing.pastDueSince && row.past_due_since && plan) {
    await record('subscription.payment_recovered', { plan: plan.id })
  }
  if (plan && standing.cancelAtPeriodEnd !== row.cancel_at_period_end) {
    await record(standing.cancelAtPeriodEnd ? 'subscription.canceled' : 'subscription.resumed', {
      plan: plan.id,
    })
  }
  if (!plan && row.plan) {
    const ended = services.settings.plans.find((one) => one.id === row.plan)
    await record('subscription.ended', { plan: row.plan })
    if (!isHeard) return
    await mailBillingHolders(services, trx, organizationId, 'plan-ended', {
      organizationName,
      planName: ended?.name ?? row.plan,
      newPlanName: fallbackPlan(services.settings).name,
    })
  }
}
