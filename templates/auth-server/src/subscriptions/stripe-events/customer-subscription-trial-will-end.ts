import { mailBillingHolders } from '../mail-billing-holders.ts'
import { syncSubscription } from '../sync-subscription.ts'
import type { StripeEventHandler } from './stripe-event-handler.ts'

/** Three days before the first payment. Told once for each end of a trial, however often the event comes. */
export const customerSubscriptionTrialWillEnd: StripeEventHandler = async (
  services,
  mode,
  organizationId,
) => {
  const standing = await syncSubscription(services, mode, organizationId)
  // Late, or cancelled meanwhile: nothing will be charged.
  if (standing?.status !== 'trialing' || standing.cancelAtPeriodEnd) return
  const { plan, trialEndsAt } = standing
  if (!plan || !trialEndsAt) return
  await services.db.tenantTransaction(mode, organizationId, async (trx) => {
    const isFirst = await trx('subscriptions')
      .where('tenant_id', organizationId)
      .whereRaw('trial_reminded_for is distinct from ?', [trialEndsAt])
      .update({ trial_reminded_for: trialEndsAt })
    if (isFirst === 0) return
    const organization = await trx('organizations').where('tenant_id', organizationId).first('name')
    await mailBillingHolders(services, trx, organizationId, 'trial-ending', {
      organizationName: String(organization?.name),
      planName: plan.name,
      endsAt: trialEndsAt.toISOString(),
    })
  })
}
