import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { entitlementsOf, type Overrides } from './entitlements.ts'
import { planColumns, toPlanFacts } from './read-entitlements.ts'
import { readUsage } from './read-usage.ts'
import { findSubscription } from './subscription-row.ts'

const limits = z.record(z.string(), z.number().nullable())

export const subscriptionShape = z.object({
  plan: z.object({
    id: z.string(),
    name: z.string(),
    priceMonthly: z.number(),
    limits: z.record(z.string(), z.number()),
    features: z.array(z.string()),
  }),
  status: z.enum(['none', 'trialing', 'active', 'past_due', 'canceled', 'incomplete']),
  isPaid: z.boolean(),
  trialEndsAt: z.string().nullable(),
  currentPeriodEnd: z.string().nullable(),
  cancelAtPeriodEnd: z.boolean(),
  /** With what the operators granted; null: no limit. */
  limits,
  features: z.array(z.string()),
  usage: z.record(z.string(), z.number()),
  /** Wished for and not paid yet. */
  pendingPlan: z.string().nullable(),
})

/** Plan, limits and use of the organization, as every member may see them. */
export const showSubscription = defineAction<MemberContext>()({
  id: 'showSubscription',
  summary: 'Plan, limits and use of an organization',
  params: z.object({ orgId: z.uuid() }),
  output: subscriptionShape,
  run: describeSubscription,
})

/** What `show`, `cancel` and `resume` answer with. */
export function describeSubscription({ services, mode, organizationId }: MemberContext) {
  return services.db.tenantTransaction(mode, organizationId, async (trx) => {
    const organization = (await trx('organizations')
      .where('tenant_id', organizationId)
      .first(...planColumns, 'pending_plan')) as
      | { plan: string; plan_until: Date | null; overrides: Overrides; pending_plan: string | null }
      | undefined
    if (!organization) throw new Problem('not_found')
    const subscription = await findSubscription(trx, organizationId)
    const entitled = entitlementsOf(services.settings, toPlanFacts(organization))
    return {
      plan: entitled.plan,
      status: subscription?.status ?? ('none' as const),
      isPaid: entitled.plan.priceMonthly > 0,
      trialEndsAt: subscription?.trial_ends_at?.toISOString() ?? null,
      currentPeriodEnd: subscription?.current_period_end?.toISOString() ?? null,
      cancelAtPeriodEnd: subscription?.cancel_at_period_end ?? false,
      limits: entitled.limits,
      features: entitled.features,
      usage: await readUsage(trx, organizationId),
      pendingPlan: organization.pending_plan,
    }
  })
}
