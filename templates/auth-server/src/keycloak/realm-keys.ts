import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { getJson } from './request.ts'

const REALMS_MAX = 1000
const FRESH_MILLISECONDS = 10 * 60_000
/** How long keys verify when they cannot be read again. */
const STALE_MILLISECONDS = 24 * 60 * 60_000
const ABSENT_MILLISECONDS = 10_000
const REFETCH_MILLISECONDS = 5000

type KeySet = ReturnType<typeof createLocalJWKSet>
interface Entry {
  keys: JSONWebKeySet | null
  set: KeySet | null
  readAt: number
}

export interface RealmKeys {
  /** Public ES256 keys of a realm, from Keycloak's own document; null when there is no such realm. */
  document(realm: string): Promise<JSONWebKeySet | null>
  set(realm: string): Promise<KeySet | null>
  /** Reads again, for a token whose key is not known yet; at most every 5 s a realm. */
  refresh(realm: string): Promise<KeySet | null>
}

/**
 * Caches the key sets of the 1,000 realms used last, fetched over loopback. A set that has aged goes on
 * verifying while it is read again, and for a day when Keycloak is away: tokens that are already issued
 * do not need it. A realm that is gone is noticed at the next reading.
 */
export function openRealmKeys(keycloakUrl: string): RealmKeys {
  const cache = new Map<string, Entry>()
  const reading = new Map<string, Promise<Entry>>()

  async function read(realm: string, maxAge: number): Promise<Entry> {
    const cached = cache.get(realm)
    const age = cached ? Date.now() - cached.readAt : Number.POSITIVE_INFINITY
    if (cached && age < (cached.keys ? maxAge : Math.min(maxAge, ABSENT_MILLISECONDS))) {
      // Move to the end: the Map's first entry is the one used longest ago.
      cache.delete(realm)
      cache.set(realm, cached)
      return cached
    }
    const fresh = ask(realm)
    if (!cached?.keys || maxAge !== FRESH_MILLISECONDS || age > STALE_MILLISECONDS) return fresh
    fresh.catch(() => {})
    return cached
  }

  /** One question at a time a realm, however many wait for it. */
  function ask(realm: string): Promise<Entry> {
    const asked = reading.get(realm) ?? fetchKeys(realm).finally(() => reading.delete(realm))
    reading.set(realm, asked)
    return asked
  }

  async function fetchKeys(realm: string): Promise<Entry> {
    const keys = signingKeys(
      await getJson(`${keycloakUrl}/realms/${realm}/protocol/openid-connect/certs`),
    )
    const entry = { keys, set: keys && createLocalJWKSet(keys), readAt: Date.now() }
    cache.delete(realm)
    cache.set(realm, entry)
    if (cache.size > REALMS_MAX) cache.delete(cache.keys().next().value as string)
    return entry
  }

  return {
    document: async (realm) => (await read(realm, FRESH_MILLISECONDS)).keys,
    set: async (realm) => (await read(realm, FRESH_MILLISECONDS)).set,
    refresh: async (realm) => (await read(realm, REFETCH_MILLISECONDS)).set,
  }
}

function signingKeys(document: unknown): JSONWebKeySet | null {
  const keys = (document as JSONWebKeySet | null)?.keys
  if (!keys) return null
  return { keys: keys.filter((key) => key.use === 'sig' && key.alg === 'ES256') }
}
