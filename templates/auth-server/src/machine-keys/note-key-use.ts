import { LRUCache } from 'lru-cache'
import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'

const minuteMilliseconds = 60_000
/** Which keys this process has written down within the minute; the oldest are forgotten. */
const noted = new LRUCache<string, true>({ max: 10_000, ttl: minuteMilliseconds })

/** Writes down that a key was used, at most once a minute and process. Never waited for. */
export function noteKeyUse(
  { db, log }: Pick<Services, 'db' | 'log'>,
  mode: Mode,
  organizationId: string,
  keyId: string,
): void {
  if (noted.has(keyId)) return
  noted.set(keyId, true)
  db.tenantTransaction(mode, organizationId, (trx) =>
    trx('machine_keys')
      .where({ tenant_id: organizationId, id: keyId })
      .whereRaw(`(last_used_at is null or last_used_at < now() - interval '1 minute')`)
      .update({ last_used_at: trx.fn.now() }),
  ).catch((error) => {
    noted.delete(keyId)
    log.warn({ err: error, keyId, mode }, 'The use of a machine key was not noted')
  })
}
