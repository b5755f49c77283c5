import type { Knex } from 'knex'
import type { Settings } from '../settings.ts'
import { fallbackPlan, type Overrides } from './entitlements.ts'

/** What a subscription that was read from Stripe pays for; nulls: nothing. */
export interface Paid {
  plan: string | null
  until: Date | null
}

/**
 * Puts the plan that an organization has from now on into its row; the only writer of that column
 * after its creation. An operator's plan stands above what is paid. Who pays nothing keeps a plan that
 * costs nothing, and falls back from one that does.
 *
 * @param withdrawn the operator's plan of before: it is not kept, also if it costs nothing
 */
export async function writePlan(
  { settings }: { settings: Pick<Settings, 'plans'> },
  trx: Knex.Transaction,
  organizationId: string,
  paid: Paid,
  { withdrawn }: { withdrawn?: string | undefined } = {},
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
  const isFree = find(row.plan)?.priceMonthly === 0 && row.plan !== withdrawn
  const plan = granted?.id ?? paid.plan ?? (isFree ? row.plan : fallbackPlan(settings).id)
  await trx('organizations')
    .where('tenant_id', organizationId)
    .update({
      plan,
      ...(plan === row.plan ? {} : { former_plan: row.plan, plan_changed_at: trx.fn.now() }),
      plan_until: paid.plan ? paid.until : null,
      pending_plan: granted || paid.plan ? null : row.pending_plan,
      updated_at: trx.fn.now(),
    })
}
