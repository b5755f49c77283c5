import type { Knex } from 'knex'
import { z } from 'zod'
import type { Settings } from '../settings.ts'
import { entitlementsOf, type Overrides } from '../subscriptions/entitlements.ts'
import { type PlanRow, planColumns, toPlanFacts } from '../subscriptions/read-entitlements.ts'
import { readUsage } from '../subscriptions/read-usage.ts'
import { findSubscription } from '../subscriptions/subscription-row.ts'

/** Beside what everybody is shown of an organization: what it may do, why, and how much of it is used. */
export const planDetails = z.object({
  /** The plan that is in force now. */
  plan: z.string(),
  subscriptionStatus: z.string(),
  paidUntil: z.string().nullable(),
  pendingPlan: z.string().nullable(),
  limits: z.record(z.string(), z.number().nullable()),
  features: z.array(z.string()),
  usage: z.record(z.string(), z.number()),
  overrides: z.object({
    plan: z.string().nullable(),
    limits: z.record(z.string(), z.number().nullable()),
    features: z.record(z.string(), z.boolean()),
  }),
})

export async function showOrganizationPlan(
  settings: Pick<Settings, 'plans'>,
  trx: Knex.Transaction,
  organizationId: string,
): Promise<z.input<typeof planDetails>> {
  const row = (await trx('organizations')
    .where('tenant_id', organizationId)
    .first(...planColumns, 'pending_plan')) as PlanRow & { pending_plan: string | null }
  const subscription = await findSubscription(trx, organizationId)
  const { plan, limits, features } = entitlementsOf(settings, toPlanFacts(row))
  const overrides: Overrides = row.overrides
  return {
    plan: plan.id,
    subscriptionStatus: subscription?.status ?? 'none',
    paidUntil: row.plan_until?.toISOString() ?? null,
    pendingPlan: row.pending_plan,
    limits,
    features,
    usage: await readUsage(trx, organizationId),
    overrides: {
      plan: overrides.plan ?? null,
      limits: overrides.limits ?? {},
      features: overrides.features ?? {},
    },
  }
}
