import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { AuditSigner } from './audit-signer.ts'

/** Events of one chain that are deleted in one transaction. */
const STEP = 5_000

/**
 * Cuts what is older than the retention off the beginning of a trail. A signed checkpoint with the
 * hash of the last link that goes is written first, in the same transaction, and is where
 * verification begins from then on. A link whose event somebody deleted stops it: that is evidence.
 *
 * @returns how many events went
 */
export async function keepRetention(
  { db, signer }: { db: Database; signer: AuditSigner },
  mode: Mode,
  chain: string,
  days: number,
  now = new Date(),
): Promise<number> {
  const cutBefore = new Date(now.getTime() - days * 24 * 60 * 60_000)
  let total = 0
  for (;;) {
    const cut = await db.tenantTransaction(mode, chain, (trx) =>
      cutStep(trx, signer, { mode, chain, cutBefore }),
    )
    total += cut
    if (cut < STEP) return total
  }
}

async function cutStep(
  trx: Knex.Transaction,
  signer: AuditSigner,
  { mode, chain, cutBefore }: { mode: Mode; chain: string; cutBefore: Date },
): Promise<number> {
  // The oldest links, as long as each is older than the date: never one out of the middle.
  const { rows } = (await trx.raw(
    `select max(seq) as seq from (
       select l.seq, bool_and(coalesce(e.created_at < ?, false)) over (order by l.seq) as is_old
       from (select tenant_id, seq, event_id from audit_links
             where tenant_id = ? order by seq limit ${STEP}) l
       left join audit_events e on e.tenant_id = l.tenant_id and e.id = l.event_id
     ) oldest where is_old`,
    [cutBefore, chain],
  )) as { rows: { seq: string | null }[] }
  const seq = rows[0]?.seq
  if (seq === null || seq === undefined) return 0
  const link = await trx('audit_links').where({ tenant_id: chain, seq }).first('hash')
  const checkpoint = {
    mode,
    chain,
    seq: Number(seq),
    hash: (link.hash as Buffer).toString('hex'),
    cutBefore: cutBefore.toISOString(),
  }
  await trx('audit_checkpoints').insert({
    tenant_id: chain,
    seq,
    hash: link.hash,
    cut_before: cutBefore,
    signature: signer.signCheckpoint(checkpoint),
  })
  const { rows: gone } = (await trx.raw('select definer.cut_audit_trail(?) as gone', [seq])) as {
    rows: { gone: string }[]
  }
  return Number(gone[0]?.gone ?? 0)
}
