import cors from 'cors'
import type { NextFunction, Request, Response } from 'express'
import type { Database } from '../db/open-database.ts'
import type { Services } from '../services.ts'
import { VARY_BY_CALLER } from './security-headers.ts'

const REFRESH_MILLISECONDS = 5000
/**
 * The first page of a new key must not fail until the list has aged, so an unknown origin asks again;
 * this often at most, or a flood of made-up origins would be a flood of queries.
 */
const RECHECK_MILLISECONDS = 500

/** Old as it may be, a list that knows the origin answers while a new one is read. */
const STALE_MILLISECONDS = 60_000

/**
 * Lets pages of known origins read answers. A preflight cannot carry the key, so the list here is
 * that of all usable keys of both modes; `require-key` then checks the one key against its own list.
 */
export function crossOrigin(services: Services) {
  const known = knownOrigins(services)
  const answer = cors({
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
  return (request: Request, response: Response, next: NextFunction): void => {
    // No page asks: there is nobody to tell what it may read.
    if (request.headers.origin === undefined && request.method !== 'OPTIONS') {
      next()
      return
    }
    // First, so that it is added to and not set: cors knows of the Origin only.
    response.setHeader(...VARY_BY_CALLER)
    answer(request, response, next)
  }
}

/**
 * An origin that is known is answered from the list at once, so that a slow PostgreSQL slows no warm
 * request; the list is read again behind it, and dropped when a key changes. What this list allows is
 * to read an answer, never to get one: that is `require-key`'s to say, for the very key.
 */
function knownOrigins({ db, env, settings, access }: Services) {
  let origins = new Set<string>()
  let readAt = 0
  let changes = 0
  let reading: { changes: number; answer: Promise<Set<string>> } | null = null
  access.onKeysChanged(() => {
    changes += 1
    readAt = 0
  })

  function read(): Promise<Set<string>> {
    if (reading?.changes !== changes) {
      const started = { changes, answer: readAll() }
      reading = started
      const done = () => {
        if (reading === started) reading = null
      }
      started.answer.then(done, done)
    }
    return (reading as { answer: Promise<Set<string>> }).answer
  }

  async function readAll(): Promise<Set<string>> {
    const startedAt = Date.now()
    const changesBefore = changes
    const [live, test] = await Promise.all([readOrigins(db, 'live'), readOrigins(db, 'test')])
    const read = new Set([env.publicUrl, ...settings.allowedOrigins, ...live, ...test])
    if (changes === changesBefore) {
      origins = read
      readAt = startedAt
    }
    return read
  }

  return async (wanted: string): Promise<Set<string>> => {
    const age = Date.now() - readAt
    if (!origins.has(wanted)) return age > RECHECK_MILLISECONDS ? read() : origins
    if (age > STALE_MILLISECONDS) return read()
    if (age > REFRESH_MILLISECONDS) read().catch(() => {})
    return origins
  }
}

async function readOrigins(db: Database, mode: 'live' | 'test'): Promise<string[]> {
  const rows = await db
    .hubQuery(mode)('api_keys')
    .where({ kind: 'browser' })
    .whereNull('revoked_at')
    .whereRaw('(expires_at is null or expires_at > now())')
    .select<{ origins: string[] }[]>('origins')
  return rows.flatMap((row) => row.origins)
}
