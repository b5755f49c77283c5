import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { LiveSession } from '../http/context.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

interface Row {
  id: string
  user_id: string
  scope: string
  amr: string[]
  auth_time: Date
  key_id: string
  expires_at: Date
}

/**
 * The session, if it is alive and its person is not switched off. Asks
 * PostgreSQL; requests ask `services.access`, which remembers until the session changes.
 */
export async function findLiveSession(
  db: Database,
  mode: Mode,
  sessionId: string,
): Promise<LiveSession | null> {
  if (!UUID.test(sessionId)) return null
  const row = (await db
    .hubQuery(mode)('sessions as s')
    .join('users as u', 'u.id', 's.user_id')
    .where('s.id', sessionId)
    .where('u.state', 'active')
    .whereNull('s.revoked_at')
    .whereRaw('s.expires_at > now()')
    .first('s.id', 's.user_id', 's.scope', 's.amr', 's.auth_time', 's.key_id', 's.expires_at')) as
    | Row
    | undefined
  if (!row) return null
  return {
    id: row.id,
    userId: row.user_id,
    scope: row.scope,
    amr: row.amr,
    authTime: row.auth_time,
    keyId: row.key_id,
    expiresAt: row.expires_at,
  }
}
