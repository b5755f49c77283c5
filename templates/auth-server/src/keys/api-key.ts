import type { Mode } from '../db/mode.ts'

export type KeyKind = 'browser' | 'native' | 'secret'
/** How a session reaches the app: an HttpOnly cookie, the app's own backend, or the answer's body. */
export type SessionDelivery = 'cookie' | 'bff' | 'body'

/** A key as stored; the secret itself is only there as a hash and a sealed copy. */
export interface ApiKey {
  id: string
  mode: Mode
  kind: KeyKind
  name: string
  origins: string[]
  redirectUris: string[]
  /** Null for secret keys: they have no session. */
  sessionDelivery: SessionDelivery | null
  scopes: string[]
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
}

/** A row of `api_keys`, as every query here selects it. */
export const API_KEY_COLUMNS = [
  'id',
  'kind',
  'name',
  'origins',
  'redirect_uris',
  'session_delivery',
  'scopes',
  'created_at',
  'expires_at',
  'revoked_at',
] as const

export interface ApiKeyRow {
  id: string
  kind: KeyKind
  name: string
  origins: string[]
  redirect_uris: string[]
  session_delivery: SessionDelivery | null
  scopes: string[]
  created_at: Date
  expires_at: Date | null
  revoked_at: Date | null
}

export function toApiKey(mode: Mode, row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    mode,
    kind: row.kind,
    name: row.name,
    origins: row.origins,
    redirectUris: row.redirect_uris,
    sessionDelivery: row.session_delivery,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }
}

/** Whether the key may be used now. */
export function isUsable(key: ApiKey): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt.getTime() > Date.now())
}
