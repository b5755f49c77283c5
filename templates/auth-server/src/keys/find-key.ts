import type { Database } from '../db/open-database.ts'
import { API_KEY_COLUMNS, type ApiKey, type ApiKeyRow, isUsable, toApiKey } from './api-key.ts'
import { hashKey, parseKey } from './key-format.ts'

/**
 * The key that a caller sent, or null when it is malformed, unknown, revoked or expired. Asks
 * PostgreSQL; requests ask `services.access`, which remembers.
 */
export async function findKey(db: Database, sent: string): Promise<ApiKey | null> {
  const parsed = parseKey(sent)
  if (!parsed) return null
  const row = await db
    .hubQuery(parsed.mode)('api_keys')
    .where({ key_hash: hashKey(sent) })
    .first(...API_KEY_COLUMNS)
  if (!row) return null
  const key = toApiKey(parsed.mode, row as ApiKeyRow)
  return isUsable(key) ? key : null
}
