import type { AuditSigner, Checkpoint, Head } from './audit-signer.ts'
import { genesisHash, type Link, linkHash, sha256 } from './link-hash.ts'

export interface StoredLink extends Link {
  hash: string
  sealed: Buffer | null
  signature: Buffer | null
}

export interface StoredCheckpoint extends Checkpoint {
  signature: Buffer
}

/** A link whose event has gone from the trail; everything else of it is still there. */
export type StoredRow = StoredLink | (Omit<StoredLink, 'event'> & { event: null })

export type FaultKind =
  | 'event_edited'
  | 'event_missing'
  | 'personal_data_edited'
  | 'chain_broken'
  | 'links_missing'
  | 'tail_missing'
  | 'signature_invalid'
  | 'checkpoint_invalid'
  | 'event_unchained'

export interface Fault {
  kind: FaultKind
  /** Place in the chain; null for an event that has none. */
  seq: number | null
  eventId: string | null
  message: string
}

export interface ChainVerifier {
  /** Links in the order of their `seq`. */
  add(row: StoredRow): void
  /** @param heads that were seen before or are known from outside the database */
  end(heads: Head[]): { checked: number; head: Head | null; faults: Fault[] }
}

const FAULTS_MAX = 100

/**
 * Checks one chain from its beginning, or from its newest checkpoint, to its end. Pure: rows go in one
 * by one, so that a trail of any length is checked in little memory.
 */
export function openChainVerifier(
  signer: AuditSigner,
  chain: { mode: string; id: string },
  checkpoint: StoredCheckpoint | null,
): ChainVerifier {
  const faults: Fault[] = []
  let checked = 0
  let last: StoredRow | null = null
  let seq = 0
  let hash = genesisHash(chain.mode, chain.id)
  const known = new Map<number, string>()
  const fault = (kind: FaultKind, row: StoredRow | null, message: string) => {
    if (faults.length >= FAULTS_MAX) return
    faults.push({ kind, seq: row?.seq ?? null, eventId: row?.event?.id ?? null, message })
  }
  if (checkpoint) {
    if (signer.isCheckpoint(checkpoint, checkpoint.signature)) {
      seq = checkpoint.seq
      hash = checkpoint.hash
      known.set(seq, hash)
    } else {
      faults.push({
        kind: 'checkpoint_invalid',
        seq: checkpoint.seq,
        eventId: null,
        message: `The checkpoint at ${checkpoint.seq} was not signed by this instance.`,
      })
    }
  }

  return {
    add(row) {
      checked += 1
      known.set(row.seq, row.hash)
      if (row.seq !== seq + 1) {
        fault('links_missing', row, `After ${seq} comes ${row.seq}: what was between is gone.`)
      } else if (row.previousHash !== hash) {
        fault('chain_broken', row, `${row.seq} does not follow the one before it.`)
      }
      if (row.event === null) fault('event_missing', row, `The event at ${row.seq} was deleted.`)
      else if (linkHash(partsOf(row as StoredLink)) !== row.hash)
        fault('event_edited', row, `The event at ${row.seq} is not what was recorded.`)
      if ((row.sealed ? sha256(row.sealed) : null) !== row.sealedHash && row.sealed !== null)
        fault('personal_data_edited', row, `The sealed personal data at ${row.seq} was changed.`)
      if (row.signature && !signer.isHead(headOf(chain, row), row.signature))
        fault('signature_invalid', row, `The signature at ${row.seq} is not of this instance.`)
      seq = row.seq
      hash = row.hash
      last = row
    },
    end(heads) {
      // The sequencer signs the last of every batch, so the last link always has a signature.
      if (last && !last.signature)
        fault('signature_invalid', last, `The last link, ${last.seq}, is not signed.`)
      for (const head of heads) {
        if (head.seq > seq) {
          fault('tail_missing', null, `The trail once reached ${head.seq} and now ends at ${seq}.`)
        } else if (known.has(head.seq) && known.get(head.seq) !== head.hash) {
          fault('chain_broken', null, `${head.seq} had another hash when its head was exported.`)
        }
      }
      return { checked, head: seq > 0 ? headOf(chain, { seq, hash }) : null, faults }
    },
  }
}

function headOf(chain: { mode: string; id: string }, row: { seq: number; hash: string }): Head {
  return { mode: chain.mode, chain: chain.id, seq: row.seq, hash: row.hash }
}

function partsOf({ chain, seq, previousHash, sealedHash, event }: StoredLink): Link {
  return { chain, seq, previousHash, sealedHash, event }
}
