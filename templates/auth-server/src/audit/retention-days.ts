import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { Settings } from '../settings.ts'
import { entitlementsOf } from '../subscriptions/entitlements.ts'
import { type PlanRow, planColumns, toPlanFacts } from '../subscriptions/read-entitlements.ts'
import { RETENTION_DAYS_DEFAULT } from './audit-settings.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'

/**
 * How long a trail is kept: as the plan in force says, else as the settings say; and for a month after
 * a change to a smaller plan, as the one before said.
 */
export async function retentionDays(
  { db, settings }: { db: Pick<Database, 'tenantRead'>; settings: Settings },
  mode: Mode,
  trail: string,
): Promise<number> {
  const general = settings.audit?.retentionDays ?? RETENTION_DAYS_DEFAULT
  if (trail === OPERATORS_TRAIL) return general
  const [row] = await db.tenantRead<PlanRow & FormerPlan>(mode, trail, (knex) =>
    knex('organizations')
      .where('tenant_id', trail)
      .select(...planColumns, 'former_plan', 'plan_changed_at'),
  )
  if (!row) return general
  const plans = [entitlementsOf(settings, toPlanFacts(row)).plan, ...plansOfLate(settings, row)]
  return Math.max(...plans.map((plan) => plan.auditRetentionDays ?? general))
}

interface FormerPlan {
  former_plan: string | null
  plan_changed_at: Date | null
}

/** A card that has expired must not cost a year of the trail overnight: there is time to pay. */
const KEPT_AFTER_CHANGE_MILLISECONDS = 30 * 24 * 60 * 60_000

/** Plans that the organization had until lately: the one before, and one that ended by the clock. */
function plansOfLate({ plans }: Settings, row: PlanRow & FormerPlan) {
  const isLate = (date: Date | null) =>
    date !== null && Date.now() - +date < KEPT_AFTER_CHANGE_MILLISECONDS
  return plans.filter(
    ({ id }) =>
      (id === row.former_plan && isLate(row.plan_changed_at)) ||
      (id === row.plan && isLate(row.plan_until)),
  )
}
