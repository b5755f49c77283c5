import { type Mode, modes } from '../db/mode.ts'
import { createKey } from '../keys/create-key.ts'
import { open } from '../keys/envelope.ts'
import type { Services } from '../services.ts'
import { PAGES_KEY_NAME } from './pages-path.ts'

/** The publishable keys that the hosted pages of both modes carry; made at the first start. */
export async function ensurePagesKeys(services: Services): Promise<Record<Mode, string>> {
  const [live, test] = await Promise.all(modes.map((mode) => ensurePagesKey(services, mode)))
  return { live, test } as Record<Mode, string>
}

async function ensurePagesKey(services: Services, mode: Mode): Promise<string> {
  const { db, masterKey, env } = services
  const found = (await db
    .hubQuery(mode)('api_keys')
    .where({ kind: 'browser', name: PAGES_KEY_NAME })
    .whereNull('revoked_at')
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
  const { key } = await createKey(services, mode, {
    kind: 'browser',
    name: PAGES_KEY_NAME,
    origins: [env.publicUrl],
    redirectUris: [],
    sessionDelivery: 'cookie',
    scopes: [],
  })
  return key
}
