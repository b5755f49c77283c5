import { LRUCache } from 'lru-cache'
import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'

const hourMilliseconds = 3_600_000
/** Which organizations this process has written down within the hour; the oldest are forgotten. */
const noted = new LRUCache<string, true>({ max: 10_000, ttl: hourMilliseconds })

/**
 * Writes down that the organization is in use, at most once an hour and process: by it idle test
 * organizations are told, and whose realm is brought to the template first. Never waited for, and
 * never a reason for a request to fail.
 */
export function noteUse(
  { db, log }: Pick<Services, 'db' | 'log'>,
  mode: Mode,
  organizationId: string,
): void {
  const id = `${mode}:${organizationId}`
  if (noted.has(id)) return
  noted.set(id, true)
  db.tenantTransaction(mode, organizationId, (trx) =>
    trx('organizations')
      .where({ tenant_id: organizationId, status: 'active' })
      .whereRaw(`last_used_at < now() - interval '1 hour'`)
      .update({ last_used_at: trx.fn.now() }),
  ).catch((error) => {
    noted.delete(id)
    log.warn({ err: error, organizationId, mode }, 'The use of an organization was not noted')
  })
}
