import type { JWK } from 'jose'
import { fetchKeys } from './fetch-keys.ts'
import { invalid, VerificationError } from './verification-error.ts'

const ISSUERS_MAX = 1000
const FRESH_MS = 10 * 60_000
const NEGATIVE_MS = 60_000
const FETCHES_PER_SECOND = 5

interface Entry {
  /** `null`: there is no such organization. */
  keys: JWK[] | null
  fetchedAt: number
}

interface KeyCacheOptions {
  endpoint: string
  fetch: typeof globalThis.fetch
  now?: () => number
}

/** Public keys by organization. */
export interface KeyCache {
  /** The key `kid` of an organization's realm. */
  find(organizationId: string, kid: string): Promise<JWK>
}

export function createKeyCache({ endpoint, fetch, now = Date.now }: KeyCacheOptions): KeyCache {
  // A Map keeps the order of insertion: the first entry is the one used longest ago. What does not
  // exist is kept apart: made-up issuers would push the real ones out.
  const entries = new Map<string, Entry>()
  const absent = new Map<string, Entry>()
  const running = new Map<string, Promise<Entry>>()
  let recent: number[] = []

  const touch = (id: string, entry: Entry) => {
    entries.delete(id)
    absent.delete(id)
    const map = entry.keys ? entries : absent
    map.set(id, entry)
    const oldest = map.keys().next().value
    if (map.size > ISSUERS_MAX && oldest !== undefined) map.delete(oldest)
  }

  // Anybody can write an unknown issuer or key id into a token: without a limit, each such token
  // would make us call the instance. Issuers that we know do not count: they are read anew once in ten
  // minutes, and whoever sends made-up ones all the time must not keep them from it.
  const limit = () => {
    recent = recent.filter((at) => now() - at < 1000)
    if (recent.length >= FETCHES_PER_SECOND) {
      throw new VerificationError('unavailable', 503, 'too many unknown issuers at once')
    }
    recent.push(now())
  }

  const load = (id: string): Promise<Entry> => {
    const known = running.get(id)
    if (known) return known
    if (!entries.has(id)) limit()
    const loading = fetchKeys(endpoint, id, fetch)
      .then((keys) => {
        const entry = { keys, fetchedAt: now() }
        touch(id, entry)
        return entry
      })
      .finally(() => running.delete(id))
    running.set(id, loading)
    return loading
  }

  const current = async (id: string): Promise<Entry> => {
    const entry = entries.get(id) ?? absent.get(id)
    const lifeMs = entry?.keys ? FRESH_MS : NEGATIVE_MS
    if (!entry || now() - entry.fetchedAt > lifeMs) return load(id)
    touch(id, entry)
    return entry
  }

  return {
    async find(organizationId, kid) {
      let entry = await current(organizationId)
      let key = entry.keys?.find((one) => one.kid === kid)
      // A key id we do not know may be a rotation; ask again, but not for every forged token.
      if (entry.keys && !key && now() - entry.fetchedAt > NEGATIVE_MS) {
        entry = await load(organizationId)
        key = entry.keys?.find((one) => one.kid === kid)
      }
      if (!entry.keys) throw invalid('unknown or inactive organization')
      if (!key) throw invalid('signed by a key the organization does not have')
      return key
    },
  }
}
