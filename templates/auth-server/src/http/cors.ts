import cors from 'cors'
import type { Database } from '../db/open-database.ts'
import type { Services } from '../services.ts'

const REFRESH_MILLISECONDS = 5000

/**
 * Lets pages of known origins read answers. A preflight cannot carry the key, so the list here is
 * that of all usable keys of both modes; `require-key` then checks the one key against its own list.
 */
export function crossOrigin(services: Services) {
  const known = knownOrigins(services)
  return cors({
    origin: (origin, done) => {
      if (!origin) return done(null, false)
      known().then(
        (origins) => done(null, origins.has(origin)),
        () => done(null, false),
      )
    },
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'X-AuthStack-Key',
      'X-Tenant-ID',
    ],
    exposedHeaders: ['Retry-After', 'X-Request-Id'],
    maxAge: 600,
  })
}

function knownOrigins({ db, env, settings }: Services): () => Promise<Set<string>> {
  let origins = new Set<string>()
  let readAt = 0
  return async () => {
    if (Date.now() - readAt > REFRESH_MILLISECONDS) {
      const [live, test] = await Promise.all([readOrigins(db, 'live'), readOrigins(db, 'test')])
      origins = new Set([env.publicUrl, ...settings.allowedOrigins, ...live, ...test])
      readAt = Date.now()
    }
    return origins
  }
}

async function readOrigins(db: Database, mode: 'live' | 'test'): Promise<string[]> {
  const rows = await db
    .hubQuery(mode)('api_keys')
    .where({ kind: 'browser' })
    .whereNull('revoked_at')
    .select<{ origins: string[] }[]>('origins')
  return rows.flatMap((row) => row.origins)
}
