import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

/** The part of an event that the chain covers, exactly as it is stored. Ids are lower-case UUIDs. */
export interface ChainedEvent {
  id: string
  action: string
  actorKind: string
  actorId: string | null
  targetKind: string | null
  targetId: string | null
  requestId: string | null
  data: unknown
  /** UTC with microseconds: `2026-11-25T01:02:03.123456Z`. */
  createdAt: string
}

/** One place in the chain. Hashes are lower-case hex. */
export interface Link {
  /** Organization, or `OPERATORS_TRAIL`. */
  chain: string
  seq: number
  previousHash: string
  /** SHA-256 of the sealed personal data; null for an event without any. */
  sealedHash: string | null
  event: ChainedEvent
}

/** The trail of the instance itself: a chain like that of an organization, under the nil UUID. */
export const OPERATORS_TRAIL = '00000000-0000-0000-0000-000000000000'

/**
 * Hash of one link: SHA-256 over its RFC 8785 form (keys sorted, one way to write each value), so
 * that anybody can compute it again, in any language.
 */
export function linkHash(link: Link): string {
  return sha256(String(canonicalize({ v: 1, ...link })))
}

/** What the first link of a chain follows: it names the chain, so no chain passes for another. */
export function genesisHash(mode: string, chain: string): string {
  return sha256(`authstack-audit-v1|${mode}|${chain}`)
}

export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
