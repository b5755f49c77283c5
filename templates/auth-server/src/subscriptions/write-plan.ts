import type { Knex } from 'knex'
import type { Settings } from '../settings.ts'
import { fallbackPlan, type Overrides } from './entitlements.ts'

/**
 * Puts the plan that an organization has from now on into its row; the only writer of that column
 * after its creation. An operator's plan stands above what is paid. Who pays nothing keeps a plan that
 * costs nothing, and falls back from one that does.
 *
 * @param paid the plan that a subscription read from Stripe pays for, and until when
 */
export async function writePlan(
  { settings }: { settings: Pick<Settings, 'plans'> },
  trx: Knex.Transaction,
  organizationId: string,
  paid: string | null,
  paidUntil: Date | null,
): Promise<void> {
  const row = (await trx('organizations')
    .where('tenant_id', organizationId)
    .forUpdate()
    .first('plan', 'overrides', 'pending_plan')) as
    | { plan: string; overrides: Overrides; pending_plan: string | null }
    | undefined
  if (!row) return
  const find = (id: string | undefined) => settings.plans.find((one) => one.id === id)
  const granted = find(row.overrides.plan)
  const kept = find(row.plan)?.priceMonthly === 0 ? row.plan : fallbackPlan(settings).id
  await trx('organizations')
    .where('tenant_id', organizationId)
    .update({
      plan: granted?.id ?? paid ?? kept,
      plan_until: paid ? paidUntil : null,
      pending_plan: granted || paid ? null : row.pending_plan,
      updated_at: trx.fn.now(),
    })
}
