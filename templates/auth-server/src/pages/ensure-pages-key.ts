import { type Mode, modes } from '../db/mode.ts'
import { createKey } from '../keys/create-key.ts'
import { open } from '../keys/envelope.ts'
import type { Services } from '../services.ts'
import { PAGES_KEY_NAME } from './pages-path.ts'

type Needs = Pick<Services, 'db' | 'masterKey' | 'env'>

/**
 * The publishable keys that the hosted pages of both modes carry. Made at the first start; asked for
 * again after a failure, so that the server also starts while PostgreSQL is away.
 */
export function openPagesKeys(needs: Needs): () => Promise<Record<Mode, string>> {
  let keys: Promise<Record<Mode, string>> | null = null
  return () => {
    keys ??= ensureBoth(needs).catch((error) => {
      keys = null
      throw error
    })
    return keys
  }
}

async function ensureBoth(needs: Needs): Promise<Record<Mode, string>> {
  const [live, test] = await Promise.all(modes.map((mode) => ensurePagesKey(needs, mode)))
  return { live, test } as Record<Mode, string>
}

async function ensurePagesKey(needs: Needs, mode: Mode): Promise<string> {
  const { db, masterKey, env } = needs
  const found = (await db
    .hubQuery(mode)('api_keys')
    .where({ kind: 'browser', name: PAGES_KEY_NAME })
    .whereNull('revoked_at')
    // An expired one opens nothing: the pages get a new one at the start.
    .whereRaw('(expires_at is null or expires_at > now())')
    .orderBy('created_at')
    .first('id', 'key_sealed', 'origins')) as
    | { id: string; key_sealed: Buffer; origins: string[] }
    | undefined
  if (found) {
    if (!found.origins.includes(env.publicUrl)) {
      // The public address changed (another port, a domain): the pages moved with it.
      await db
        .hubQuery(mode)('api_keys')
        .where({ id: found.id })
        .update({ origins: [env.publicUrl] })
    }
    return open(masterKey, 'api-key', found.key_sealed)
  }
  const { key } = await createKey(needs, mode, {
    kind: 'browser',
    name: PAGES_KEY_NAME,
    origins: [env.publicUrl],
    redirectUris: [],
    sessionDelivery: 'cookie',
    scopes: [],
  })
  return key
}
