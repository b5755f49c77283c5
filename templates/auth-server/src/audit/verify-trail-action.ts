import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { findTrail, trailQuery, trailShape } from './find-trail.ts'
import { verifyTrail } from './verify-trail.ts'

export const verifyTrailAction = defineAction<OperatorContext>()({
  id: 'operatorVerifyAudit',
  summary:
    'Check a trail against its hashes, its signatures and the ends kept outside the database',
  query: trailQuery,
  output: z.object({
    trail: trailShape,
    isWhole: z.boolean(),
    checked: z.number().int(),
    head: z.object({ seq: z.number().int(), hash: z.string() }).nullable(),
    faults: z.array(
      z.object({
        kind: z.string(),
        seq: z.number().int().nullable(),
        eventId: z.string().nullable(),
        message: z.string(),
      }),
    ),
  }),
  problems: ['not_found'],
  async run(context, { query }) {
    const { services, mode } = context
    const trail = await findTrail(context, query.organization)
    const result = await verifyTrail({ db: services.db, ...services.audit }, mode, trail.id)
    await recordOperatorEvent(context, 'audit.verified', {
      trail: trail.id,
      faults: result.faults.length,
    })
    return { trail, isWhole: result.faults.length === 0, ...result }
  },
})
