import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery, onePage, pageShape } from '../operator/mode-query.ts'
import { endpointsOf } from './find-endpoint.ts'

interface CountRow {
  endpoint_id: string
  pending: number
  failed: number
  last_delivered_at: Date | null
}

export const listEndpoints = defineAction<OperatorContext>()({
  id: 'operatorListWebhooks',
  summary: 'The endpoints of the settings, and how their deliveries stand',
  query: modeQuery,
  output: z.object({
    data: z.array(
      z.object({
        id: z.string(),
        url: z.string(),
        events: z.array(z.string()),
        secret: z.string().describe('Name of the secret'),
        hasSecret: z.boolean(),
        disabledAt: z.string().nullable(),
        disabledReason: z.string().nullable(),
        pending: z.number().int(),
        failed: z.number().int().describe('Given up in the last 30 days'),
        lastDeliveredAt: z.string().nullable(),
      }),
    ),
    page: pageShape,
  }),
  async run({ services, mode }) {
    const { env, settings, db } = services
    const endpoints = endpointsOf(settings, mode)
    const ids = endpoints.map(({ id }) => id)
    const { counts, states } = await db.operator(mode, async (trx) => ({
      counts: (await trx('webhook_deliveries')
        .whereIn('endpoint_id', ids)
        .groupBy('endpoint_id')
        .select(
          'endpoint_id',
          trx.raw(`count(*) filter (where state = 'pending')::int as pending`),
          trx.raw(`count(*) filter (where state = 'failed')::int as failed`),
          trx.raw('max(delivered_at) as last_delivered_at'),
        )) as CountRow[],
      states: await trx('webhook_endpoints')
        .whereIn('id', ids)
        .select('id', 'disabled_at', 'disabled_reason'),
    }))
    const data = endpoints.map(({ id, endpoint }) => {
      const count = counts.find((row) => row.endpoint_id === id)
      const state = states.find((row) => row.id === id)
      return {
        id,
        url: endpoint.url,
        events: endpoint.events,
        secret: endpoint.secret,
        hasSecret: env.secret(endpoint.secret) !== null,
        disabledAt: state?.disabled_at?.toISOString() ?? null,
        disabledReason: state?.disabled_at ? state.disabled_reason : null,
        pending: count?.pending ?? 0,
        failed: count?.failed ?? 0,
        lastDeliveredAt: count?.last_delivered_at?.toISOString() ?? null,
      }
    })
    return { data, page: onePage }
  },
})
