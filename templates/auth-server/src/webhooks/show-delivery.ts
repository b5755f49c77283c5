import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { deliveryParams, deliveryShape, type ListedDelivery, toDelivery } from './delivery-view.ts'
import { listedDeliveries } from './listed-deliveries.ts'

interface AttemptRow {
  attempt: number
  at: Date
  status: number | null
  milliseconds: number
  response: string | null
  error: string | null
}

export const showDelivery = defineAction<OperatorContext>()({
  id: 'operatorShowWebhookDelivery',
  summary: 'One delivery: what was sent, and what each call gave',
  params: deliveryParams,
  query: modeQuery,
  output: deliveryShape.extend({
    body: z.string(),
    calls: z.array(
      z.object({
        attempt: z.number().int(),
        at: z.string(),
        status: z.number().int().nullable(),
        milliseconds: z.number().int(),
        response: z.string().nullable(),
        error: z.string().nullable(),
      }),
    ),
  }),
  async run({ services, mode }, { params }) {
    const { row, calls } = await services.db.operator(mode, async (trx) => ({
      row: (await listedDeliveries(trx).where('d.id', params.deliveryId).first('d.body')) as
        | (ListedDelivery & { body: string })
        | undefined,
      calls: (await trx('webhook_attempts')
        .where('delivery_id', params.deliveryId)
        .orderBy('attempt')
        .limit(100)
        .select('attempt', 'at', 'status', 'milliseconds', 'response', 'error')) as AttemptRow[],
    }))
    if (!row) throw new Problem('not_found')
    return {
      ...toDelivery(row),
      body: row.body,
      calls: calls.map((call) => ({ ...call, at: call.at.toISOString() })),
    }
  },
})
