import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { NOBODY, type PersonKeys, sealPersonal } from '../people/person-keys.ts'
import type { WebhookEvent } from '../webhooks/enqueue-deliveries.ts'
import type { AuditSigner, SignedHead } from './audit-signer.ts'
import { type ChainedRow, chainedColumns, createdAtText, toChainedEvent } from './event-row.ts'
import { genesisHash, linkHash, OPERATORS_TRAIL, sha256 } from './link-hash.ts'

/** One event that waits for its place in the chain of its organization. */
export interface QueuedEvent {
  eventId: string
  subjectId: string | null
  personal: Record<string, unknown>
}

/**
 * Gives the events of ONE organization their places, in the transaction of that tenant: next number,
 * hash of the one before, hash of its own. An event that has a place keeps it, so doing it again after
 * a crash changes nothing.
 *
 * @returns the events that were chained now, as the outside is told of them, and the chain's new end
 */
export async function chainEvents(
  { signer, keys }: { signer: AuditSigner; keys: PersonKeys },
  trx: Knex.Transaction,
  mode: Mode,
  chain: string,
  queued: QueuedEvent[],
): Promise<{ events: WebhookEvent[]; head: SignedHead | null }> {
  const waiting = await readWaiting(trx, chain, queued)
  if (waiting.length === 0) return { events: [], head: null }
  let { seq, hash } = await readEnd(trx, mode, chain)
  const links = waiting.map(({ row, item }) => {
    const previousHash = hash
    const sealed = sealOf(keys, item)
    const sealedHash = sealed ? sha256(sealed) : null
    seq += 1
    hash = linkHash({ chain, seq, previousHash, sealedHash, event: toChainedEvent(row) })
    return {
      tenant_id: chain,
      seq,
      event_id: row.id,
      previous_hash: Buffer.from(previousHash, 'hex'),
      hash: Buffer.from(hash, 'hex'),
      subject_id: sealed ? subjectOf(item) : null,
      sealed,
      sealed_hash: sealedHash ? Buffer.from(sealedHash, 'hex') : null,
      signature: null as Buffer | null,
    }
  })
  const head = { mode, chain, seq, hash }
  const signature = signer.signHead(head)
  const last = links.at(-1)
  if (last) last.signature = signature
  await trx('audit_links').insert(links)
  return {
    events: waiting.map(({ row }) => toWebhookEvent(chain, row)),
    head: { ...head, signature: signature.toString('base64') },
  }
}

/** The queued events that are there and have no place yet, in the order of the queue. */
async function readWaiting(trx: Knex.Transaction, chain: string, queued: QueuedEvent[]) {
  const rows: ChainedRow[] = await trx('audit_events as e')
    .leftJoin('audit_links as l', (join) =>
      join.on('l.tenant_id', 'e.tenant_id').andOn('l.event_id', 'e.id'),
    )
    .where('e.tenant_id', chain)
    .whereIn(
      'e.id',
      queued.map(({ eventId }) => eventId),
    )
    .whereNull('l.seq')
    .select(chainedColumns.map((column) => `e.${column}`))
    .select(trx.raw(createdAtText('e')))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return queued.flatMap((item) => {
    const row = byId.get(item.eventId)
    // Queued twice (a copy that was made again after a crash): the first one has it.
    byId.delete(item.eventId)
    return row ? [{ row, item }] : []
  })
}

/** Where the chain ends now: its last link, else the checkpoint that cut them all, else its beginning. */
export async function readEnd(
  trx: Knex.Transaction,
  mode: Mode,
  chain: string,
): Promise<{ seq: number; hash: string }> {
  for (const table of ['audit_links', 'audit_checkpoints']) {
    const row = await trx(table)
      .where('tenant_id', chain)
      .orderBy('seq', 'desc')
      .first('seq', 'hash')
    if (row) return { seq: Number(row.seq), hash: (row.hash as Buffer).toString('hex') }
  }
  return { seq: 0, hash: genesisHash(mode, chain) }
}

const subjectOf = ({ subjectId }: QueuedEvent) => subjectId ?? NOBODY

/** Null when nothing personal is there, or when the person was erased before it could be sealed. */
function sealOf(keys: PersonKeys, item: QueuedEvent): Buffer | null {
  const key = keys.get(subjectOf(item))
  if (!key || Object.keys(item.personal).length === 0) return null
  return sealPersonal(key, item.personal)
}

function toWebhookEvent(chain: string, row: ChainedRow): WebhookEvent {
  return {
    id: row.id,
    // Who did it stands in the data; `user.erased` is the same news whoever did.
    type: row.action.replace(/^operator\./, ''),
    organizationId: chain === OPERATORS_TRAIL ? null : chain,
    createdAt: row.created_at_text,
    data: {
      actor: { kind: row.actor_kind, id: row.actor_id },
      target: row.target_kind ? { kind: row.target_kind, id: row.target_id } : null,
      ...row.data,
    },
  }
}
