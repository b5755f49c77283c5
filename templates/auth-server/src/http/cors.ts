import cors from 'cors'
import type { Database } from '../db/open-database.ts'
import type { Services } from '../services.ts'

const REFRESH_MILLISECONDS = 5000
/**
 * The first page of a new key must not fail until the list has aged, so an unknown origin asks again;
 * this often at most, or a flood of made-up origins would be a flood of queries.
 */
const RECHECK_MILLISECONDS = 500

/**
 * Lets pages of known origins read answers. A preflight cannot carry the key, so the list here is
 * that of all usable keys of both modes; `require-key` then checks the one key against its own list.
 */
export function crossOrigin(services: Services) {
  const known = knownOrigins(services)
  return cors({
    origin: (origin, done) => {
      if (!origin) return done(null, false)
      known(origin).then(
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

function knownOrigins({ db, env, settings }: Services) {
  let origins = new Set<string>()
  let readAt = 0
  return async (wanted: string): Promise<Set<string>> => {
    const age = Date.now() - readAt
    if (age > (origins.has(wanted) ? REFRESH_MILLISECONDS : RECHECK_MILLISECONDS)) {
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
