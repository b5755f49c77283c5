import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import { type ChainedRow, chainedColumns, createdAtText, toChainedEvent } from './event-row.ts'
import type { StoredCheckpoint, StoredRow } from './verify-chain.ts'

export type TrailRow = StoredRow & { subjectId: string | null; chainedAt: string }

interface Row extends Omit<ChainedRow, 'id'> {
  id: string | null
  seq: string
  previous_hash: Buffer
  hash: Buffer
  subject_id: string | null
  sealed: Buffer | null
  sealed_hash: Buffer | null
  signature: Buffer | null
  chained_at: Date
}

/** Links after a place, with their events, in the order of the chain. */
export async function readTrail(
  db: Pick<Database, 'tenantRead'>,
  mode: Mode,
  chain: string,
  { after, limit }: { after: number; limit: number },
): Promise<TrailRow[]> {
  const rows = await db.tenantRead<Row>(mode, chain, (knex) =>
    knex('audit_links as l')
      .leftJoin('audit_events as e', (join) =>
        join.on('e.tenant_id', 'l.tenant_id').andOn('e.id', 'l.event_id'),
      )
      .where('l.tenant_id', chain)
      .where('l.seq', '>', after)
      .orderBy('l.seq')
      .limit(limit)
      .select('l.seq', 'l.previous_hash', 'l.hash', 'l.subject_id', 'l.sealed', 'l.sealed_hash')
      .select('l.signature', 'l.chained_at')
      .select(chainedColumns.map((column) => `e.${column}`))
      .select(knex.raw(createdAtText('e'))),
  )
  return rows.map((row) => toTrailRow(chain, row))
}

/** Where the chain begins now, when retention has cut it. */
export async function readCheckpoint(
  db: Pick<Database, 'tenantRead'>,
  mode: Mode,
  chain: string,
): Promise<StoredCheckpoint | null> {
  const [row] = await db.tenantRead<{
    seq: string
    hash: Buffer
    cut_before: Date
    signature: Buffer
  }>(mode, chain, (knex) =>
    knex('audit_checkpoints')
      .where('tenant_id', chain)
      .orderBy('seq', 'desc')
      .limit(1)
      .select('seq', 'hash', 'cut_before', 'signature'),
  )
  if (!row) return null
  return {
    mode,
    chain,
    seq: Number(row.seq),
    hash: row.hash.toString('hex'),
    cutBefore: row.cut_before.toISOString(),
    signature: row.signature,
  }
}

function toTrailRow(chain: string, row: Row): TrailRow {
  return {
    chain,
    seq: Number(row.seq),
    previousHash: row.previous_hash.toString('hex'),
    hash: row.hash.toString('hex'),
    sealed: row.sealed,
    sealedHash: row.sealed_hash?.toString('hex') ?? null,
    signature: row.signature,
    subjectId: row.subject_id,
    chainedAt: row.chained_at.toISOString(),
    event: row.id === null ? null : toChainedEvent(row as ChainedRow),
  } as TrailRow
}
