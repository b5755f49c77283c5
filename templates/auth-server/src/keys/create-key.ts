import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { ApiKey, KeyKind, SessionDelivery } from './api-key.ts'
import { seal } from './envelope.ts'
import { generateKey, hashKey } from './key-format.ts'

export interface NewKey {
  kind: KeyKind
  name: string
  origins: string[]
  redirectUris: string[]
  sessionDelivery: SessionDelivery | null
  scopes: string[]
}

/** Makes and stores a key. The only moment at which a secret key is in the clear. */
export async function createKey(
  { db, masterKey }: { db: Database; masterKey: Buffer },
  mode: Mode,
  wanted: NewKey,
): Promise<ApiKey & { key: string }> {
  const { id, key } = generateKey(wanted.kind === 'secret', mode)
  const createdAt = new Date()
  await db
    .hubQuery(mode)('api_keys')
    .insert({
      id,
      kind: wanted.kind,
      name: wanted.name,
      key_hash: hashKey(key),
      // Publishable keys may be shown again; a secret key cannot be read back even by its owner.
      key_sealed: wanted.kind === 'secret' ? null : seal(masterKey, 'api-key', key),
      origins: wanted.origins,
      redirect_uris: wanted.redirectUris,
      session_delivery: wanted.sessionDelivery,
      scopes: wanted.scopes,
      created_at: createdAt,
    })
  return { id, mode, createdAt, expiresAt: null, revokedAt: null, key, ...wanted }
}
