import { LRUCache } from 'lru-cache'
import type { VerifiedToken } from './access.ts'

interface Entry {
  /** The whole token: only the very same text is known. */
  token: string
  audience: string
  verified: VerifiedToken
}

/**
 * Tokens whose signature was verified, until they expire: no row changes a signature. Found by their
 * signature, which is a tenth of a token to hash, and then compared as a whole, so that a signature
 * that was copied under other claims finds nothing. A token is good for the audience it was verified
 * for and no other.
 */
export class TokenMemory {
  hits = 0
  misses = 0
  readonly #entries: LRUCache<string, Entry>
  /** Being verified now, by audience and whole token. */
  readonly #flights = new Map<string, Promise<VerifiedToken | null>>()

  constructor(max: number) {
    this.#entries = new LRUCache({ max })
  }

  get size(): number {
    return this.#entries.size
  }

  known(token: string, audience: string): VerifiedToken | null {
    const entry = this.#entries.get(signatureOf(token))
    if (!entry || entry.token !== token || entry.audience !== audience) return null
    if (Number(entry.verified.claims.exp) * 1000 <= Date.now()) {
      this.#entries.delete(signatureOf(token))
      return null
    }
    this.hits += 1
    return entry.verified
  }

  /** By asking; the same question at once is asked once. "No" is not remembered. */
  async verify(
    token: string,
    audience: string,
    ask: () => Promise<VerifiedToken | null>,
  ): Promise<VerifiedToken | null> {
    const id = `${audience} ${token}`
    const flight = this.#flights.get(id)
    if (flight) return flight
    this.misses += 1
    const started = ask()
    this.#flights.set(id, started)
    try {
      const verified = await started
      if (verified) this.#entries.set(signatureOf(token), { token, audience, verified })
      return verified
    } finally {
      this.#flights.delete(id)
    }
  }
}

const signatureOf = (token: string) => token.slice(token.lastIndexOf('.') + 1)
