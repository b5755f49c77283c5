import type { Knex } from 'knex'
import { hashToken } from './opaque-token.ts'

/** A refresh token with its session. Ages are by the database's clock. */
export interface RefreshRow {
  sessionId: string
  userId: string
  keyId: string
  scope: string
  parentId: string | null
  amr: string[]
  authTime: Date
  expiresAt: Date
  /** Revoked or past its end. */
  isEnded: boolean
  idleMilliseconds: number
  rotatedAt: Date | null
  /** Since the rotation; 0 when it was not rotated. */
  ageMilliseconds: number
  successorSealed: Buffer | null
}

/**
 * @param options.lock holds the session's row until the transaction ends, so that a session's
 *   refreshes come one after the other
 */
export async function findRefreshToken(
  hub: Knex,
  token: string,
  options: { lock?: boolean } = {},
): Promise<RefreshRow | null> {
  const query = hub('refresh_tokens as t')
    .join('sessions as s', 's.id', 't.session_id')
    .where('t.token_hash', hashToken(token))
    .first(
      's.id as sessionId',
      's.user_id as userId',
      's.key_id as keyId',
      's.scope',
      's.parent_id as parentId',
      's.amr',
      's.auth_time as authTime',
      's.expires_at as expiresAt',
      't.rotated_at as rotatedAt',
      't.successor_sealed as successorSealed',
      hub.raw('(s.revoked_at is not null or s.expires_at <= now()) as "isEnded"'),
      hub.raw('(extract(epoch from now() - s.last_seen_at) * 1000)::float8 as "idleMilliseconds"'),
      hub.raw(
        '(coalesce(extract(epoch from now() - t.rotated_at), 0) * 1000)::float8 as "ageMilliseconds"',
      ),
    )
  const row = await (options.lock ? query.forUpdate('s', 't') : query)
  return (row as RefreshRow | undefined) ?? null
}
