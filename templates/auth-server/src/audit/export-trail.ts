import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { openPersonal, type PersonKeys, readPersonKeys } from '../people/person-keys.ts'
import { findTrail, trailQuery, trailShape } from './find-trail.ts'
import { readCheckpoint, readTrail, type TrailRow } from './read-trail.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** A link as an auditor gets it: with it and the public key, the chain can be checked anywhere. */
const lineShape = z.object({
  seq: z.number().int(),
  previousHash: hash,
  hash,
  sealedHash: hash.nullable(),
  /** Base64; what `sealedHash` is of. */
  sealed: z.string().nullable(),
  /** Base64, Ed25519, on the last link of each batch. */
  signature: z.string().nullable(),
  chainedAt: z.string(),
  /** Null when somebody deleted it. */
  event: z
    .object({
      id: z.uuid(),
      action: z.string(),
      actorKind: z.string(),
      actorId: z.string().nullable(),
      targetKind: z.string().nullable(),
      targetId: z.string().nullable(),
      requestId: z.string().nullable(),
      data: z.unknown(),
      createdAt: z.string(),
    })
    .nullable(),
  /** What `sealed` holds, opened; null for an erased person. */
  personal: z.record(z.string(), z.unknown()).nullable(),
})

export const exportTrail = defineAction<OperatorContext>()({
  id: 'operatorExportAudit',
  summary:
    'A trail in the order of its chain, with everything that is needed to check it elsewhere',
  query: trailQuery.extend({
    /** The last `seq` that the caller has; 0 at the beginning. */
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(500),
  }),
  output: z.object({
    mode: z.enum(['live', 'test']),
    trail: trailShape,
    publicKey: z.string(),
    checkpoint: z
      .object({ seq: z.number().int(), hash, cutBefore: z.string(), signature: z.string() })
      .nullable(),
    data: z.array(lineShape),
    hasMore: z.boolean(),
  }),
  problems: ['not_found'],
  async run(context, { query }) {
    const { services, mode } = context
    const { db } = services
    const trail = await findTrail(context, query.organization)
    // Once an export, not once a page.
    if (query.after === 0) await recordOperatorEvent(context, 'audit.exported', { trail: trail.id })
    const checkpoint = await readCheckpoint(db, mode, trail.id)
    const rows = await readTrail(db, mode, trail.id, {
      after: query.after,
      limit: query.limit + 1,
    })
    const shown = rows.slice(0, query.limit)
    const subjects = shown.flatMap(({ subjectId }) => (subjectId ? [subjectId] : []))
    const keys = await readPersonKeys(services.masterKey, db.hubQuery(mode), subjects)
    return {
      mode,
      trail,
      publicKey: services.audit.signer.publicKey,
      checkpoint: checkpoint && {
        ...checkpoint,
        signature: checkpoint.signature.toString('base64'),
      },
      data: shown.map((row) => toLine(row, keys)),
      hasMore: rows.length > query.limit,
    }
  },
})

function toLine(row: TrailRow, keys: PersonKeys): z.input<typeof lineShape> {
  return {
    seq: row.seq,
    previousHash: row.previousHash,
    hash: row.hash,
    sealedHash: row.sealedHash,
    sealed: row.sealed?.toString('base64') ?? null,
    signature: row.signature?.toString('base64') ?? null,
    chainedAt: row.chainedAt,
    event: row.event,
    personal: openPersonal(keys.get(row.subjectId ?? ''), row.sealed),
  }
}
