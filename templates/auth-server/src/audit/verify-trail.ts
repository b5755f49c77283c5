import { setImmediate } from 'node:timers/promises'
import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { AuditSigner, Head } from './audit-signer.ts'
import type { HeadsFile } from './heads-file.ts'
import { readCheckpoint, readTrail } from './read-trail.ts'
import { type Fault, openChainVerifier } from './verify-chain.ts'

interface Needs {
  db: Pick<Database, 'tenantRead' | 'hubQuery'>
  signer: AuditSigner
  headsFile: Pick<HeadsFile, 'read'>
}

const PAGE = 500
/** The sequencer takes a second; an event without a place after this long was never given one. */
const UNCHAINED_SECONDS = 60

/**
 * Checks one trail as it is in the database now against its own hashes, the signatures, and the ends
 * that were written down outside. Other requests get their turn between two pages.
 */
export async function verifyTrail(
  { db, signer, headsFile }: Needs,
  mode: Mode,
  chain: string,
): Promise<{ checked: number; head: Head | null; faults: Fault[] }> {
  // First: an end that is written while the trail is read would be ahead of what was read.
  const heads = await headsFile.read(mode, chain)
  const checkpoint = await readCheckpoint(db, mode, chain)
  const verifier = openChainVerifier(signer, { mode, id: chain }, checkpoint)
  let after = checkpoint?.seq ?? 0
  for (;;) {
    const rows = await readTrail(db, mode, chain, { after, limit: PAGE })
    for (const row of rows) verifier.add(row)
    after = rows.at(-1)?.seq ?? after
    if (rows.length < PAGE) break
    await setImmediate()
  }
  const result = verifier.end(heads)
  return { ...result, faults: [...result.faults, ...(await findUnchained(db, mode, chain))] }
}

/** Events that somebody wrote past the queue, or whose links somebody deleted. */
async function findUnchained(db: Needs['db'], mode: Mode, chain: string): Promise<Fault[]> {
  const rows = await db.tenantRead<{ id: string }>(mode, chain, (knex) =>
    knex('audit_events as e')
      .leftJoin('audit_links as l', (join) =>
        join.on('l.tenant_id', 'e.tenant_id').andOn('l.event_id', 'e.id'),
      )
      .where('e.tenant_id', chain)
      .whereNull('l.seq')
      .whereRaw(`e.created_at < now() - interval '${UNCHAINED_SECONDS} seconds'`)
      .limit(20)
      .select('e.id'),
  )
  // What still waits in the queue will get its place; a sequencer that is late is no forgery.
  const queued = await db
    .hubQuery(mode)('audit_queue')
    .whereIn(
      'event_id',
      rows.map(({ id }) => id),
    )
    .select('event_id')
  const waiting = new Set(queued.map((row) => row.event_id))
  return rows
    .filter(({ id }) => !waiting.has(id))
    .map(({ id }) => ({
      kind: 'event_unchained' as const,
      seq: null,
      eventId: id,
      message: `Event ${id} has no place in the chain.`,
    }))
}
