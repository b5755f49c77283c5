import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { deliveryShape, deliveryStates, type ListedDelivery, toDelivery } from './delivery-view.ts'
import { listedDeliveries } from './listed-deliveries.ts'

export const listDeliveries = defineAction<OperatorContext>()({
  id: 'operatorListWebhookDeliveries',
  summary: 'The delivery log, the newest first',
  query: pageQuery.extend({
    ...modeQuery.shape,
    endpoint: z.string().max(40).optional(),
    state: z.enum(deliveryStates).optional(),
    type: z.string().max(80).optional(),
    organization: z.uuid().optional(),
  }),
  output: pageShape(deliveryShape),
  async run({ services, mode }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const rows = await services.db.operator(mode, async (trx) => {
      const list = listedDeliveries(trx)
        .select(trx.raw('d.created_at::text as created_at_text'))
        .orderBy([
          { column: 'd.created_at', order: 'desc' },
          { column: 'd.id', order: 'desc' },
        ])
        .limit(query.limit + 1)
      if (query.endpoint) list.where('d.endpoint_id', query.endpoint)
      if (query.state) list.where('d.state', query.state)
      if (query.type) list.where('d.type', query.type)
      if (query.organization) list.where('d.organization_id', query.organization)
      if (after) list.whereRaw('(d.created_at, d.id) < (?::timestamptz, ?::uuid)', after)
      return (await list) as (ListedDelivery & { created_at_text: string })[]
    })
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toDelivery)
  },
})
