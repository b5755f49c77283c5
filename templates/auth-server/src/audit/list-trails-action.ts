import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { trailShape } from './find-trail.ts'
import { listTrails, type Trail } from './list-trails.ts'
import { readCheckpoint } from './read-trail.ts'
import { retentionDays } from './retention-days.ts'

const signed = { seq: z.number().int(), hash: z.string(), signature: z.string() }

export const listTrailsAction = defineAction<OperatorContext>()({
  id: 'operatorListAuditTrails',
  summary: 'Every trail with its signed end, where retention cut it, and the key that signs',
  query: modeQuery,
  output: z.object({
    publicKey: z.string(),
    data: z.array(
      trailShape.extend({
        head: z.object(signed).nullable(),
        checkpoint: z.object({ ...signed, cutBefore: z.string() }).nullable(),
        retentionDays: z.number().int(),
      }),
    ),
  }),
  async run(context) {
    const { services, mode } = context
    const trails = await listTrails({ db: services.db, ...services.audit }, mode)
    const data = []
    // One after the other: a hundred at once would take every connection from the requests.
    for (const trail of trails) data.push(await describeTrail(context, trail))
    return { publicKey: services.audit.signer.publicKey, data }
  },
})

async function describeTrail({ services, mode }: OperatorContext, trail: Trail) {
  const { db } = services
  const [end] = await db.tenantRead<{ seq: string; hash: Buffer; signature: Buffer | null }>(
    mode,
    trail.id,
    (knex) =>
      knex('audit_links')
        .where('tenant_id', trail.id)
        .orderBy('seq', 'desc')
        .limit(1)
        .select('seq', 'hash', 'signature'),
  )
  const checkpoint = await readCheckpoint(db, mode, trail.id)
  return {
    ...trail,
    head: end
      ? {
          seq: Number(end.seq),
          hash: end.hash.toString('hex'),
          signature: end.signature?.toString('base64') ?? '',
        }
      : null,
    checkpoint: checkpoint && {
      ...checkpoint,
      signature: checkpoint.signature.toString('base64'),
    },
    retentionDays: await retentionDays(services, mode, trail.id),
  }
}
