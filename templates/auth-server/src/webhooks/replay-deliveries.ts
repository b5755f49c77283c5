import { z } from 'zod'
import { momentInput } from '../db/moment.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { replay, replayMax } from './replay.ts'

export const replayDeliveries = defineAction<OperatorContext>()({
  id: 'operatorReplayWebhookDeliveries',
  summary: `Send again what was left of a span of time, at most ${replayMax} at once`,
  query: modeQuery,
  body: z.strictObject({
    since: momentInput,
    until: momentInput,
    endpointId: z.string().max(40).optional(),
    includeDelivered: z.boolean().optional(),
  }),
  status: 202,
  output: z.object({ replayed: z.number().int() }),
  async run(context, { body }) {
    const { services, mode } = context
    const replayed = await services.db.hub(mode, (trx) => replay(trx, body))
    await recordOperatorEvent(context, 'webhooks.replayed', { ...body, replayed })
    return { replayed }
  },
})
