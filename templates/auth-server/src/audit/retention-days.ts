import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { Settings } from '../settings.ts'
import { entitlementsOf } from '../subscriptions/entitlements.ts'
import { type PlanRow, planColumns, toPlanFacts } from '../subscriptions/read-entitlements.ts'
import { RETENTION_DAYS_DEFAULT } from './audit-settings.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'

/** How long a trail is kept: as the plan in force says, else as the settings say. */
export async function retentionDays(
  { db, settings }: { db: Pick<Database, 'tenantRead'>; settings: Settings },
  mode: Mode,
  trail: string,
): Promise<number> {
  const general = settings.audit?.retentionDays ?? RETENTION_DAYS_DEFAULT
  if (trail === OPERATORS_TRAIL) return general
  const [row] = await db.tenantRead<PlanRow>(mode, trail, (knex) =>
    knex('organizations').where('tenant_id', trail).select(planColumns),
  )
  if (!row) return general
  return entitlementsOf(settings, toPlanFacts(row)).plan.auditRetentionDays ?? general
}
