import type { Knex } from 'knex'
import type { Settings } from '../settings.ts'
import { limitReached } from '../subscriptions/limit-reached.ts'
import { refuseOverLimit } from '../subscriptions/refuse-over-limit.ts'

/** So many may work at once on any plan, keys that are being replaced among them. */
export const MACHINE_KEYS_MAX = 200

/**
 * Throws 409 when there is no room for one more key. What was rotated counts for the plan no more,
 * though it still works for its overlap. The caller holds the organization's lock.
 */
export async function refuseManyKeys(
  settings: Settings,
  trx: Knex.Transaction,
  organizationId: string,
  { isRotation }: { isRotation: boolean },
): Promise<void> {
  const row = await trx('machine_keys')
    .where('tenant_id', organizationId)
    .whereNull('revoked_at')
    .whereRaw('(expires_at is null or expires_at > now())')
    .select(trx.raw('count(*)::int as working'))
    .select(trx.raw('(count(*) filter (where replaced_by is null))::int as taken'))
    .first()
  if (row.working >= MACHINE_KEYS_MAX) {
    throw limitReached('apiKeys', MACHINE_KEYS_MAX, `There can be ${MACHINE_KEYS_MAX} API keys.`)
  }
  if (!isRotation) await refuseOverLimit(settings, trx, organizationId, 'apiKeys', row.taken)
}
