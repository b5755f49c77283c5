import type { Knex } from 'knex'
import { Problem } from '../errors.ts'

export interface LockedOrganization {
  name: string
  plan: string
  logoUrl: string | null
  /** Slug of the role that is chosen where none is named; null: the settings' own. */
  defaultRole: string | null
}

/**
 * Locks the organization's row until the transaction ends. Whatever counts (owners, members against a
 * limit) takes this lock first, so two requests at the same moment cannot both pass the count.
 */
export async function lockOrganization(
  trx: Knex.Transaction,
  organizationId: string,
): Promise<LockedOrganization> {
  const row = await trx('organizations')
    .where({ tenant_id: organizationId, status: 'active' })
    .select('name', 'plan', 'logo_url', 'settings')
    .forUpdate()
    .first()
  if (!row) throw new Problem('not_found')
  return {
    name: row.name,
    plan: row.plan,
    logoUrl: row.logo_url,
    defaultRole: row.settings.defaultRole ?? null,
  }
}
