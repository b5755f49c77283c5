import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import {
  type Entitlements,
  entitlementsOf,
  type Overrides,
  type PlanFacts,
} from './entitlements.ts'

/** Columns of `organizations` that decide what it may do. */
export const planColumns = ['plan', 'plan_until', 'overrides'] as const

export interface PlanRow {
  plan: string
  plan_until: Date | null
  overrides: Overrides
}

export function toPlanFacts(row: PlanRow): PlanFacts {
  return { plan: row.plan, planUntil: row.plan_until, overrides: row.overrides }
}

/**
 * What the organization of this transaction may do.
 *
 * @param lock holds the organization's row until the transaction ends: for whoever counts
 */
export async function readEntitlements(
  settings: Pick<Settings, 'plans'>,
  trx: Knex.Transaction,
  organizationId: string,
  { lock = false } = {},
): Promise<Entitlements> {
  const row = (await trx('organizations')
    .where('tenant_id', organizationId)
    .first(...planColumns)
    .modify((query) => {
      if (lock) query.forUpdate()
    })) as PlanRow | undefined
  if (!row) throw new Problem('not_found')
  return entitlementsOf(settings, toPlanFacts(row))
}
