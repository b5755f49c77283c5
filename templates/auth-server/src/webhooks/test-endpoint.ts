import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { bodyOf } from './enqueue-deliveries.ts'
import { endpointParams, findEndpoint } from './find-endpoint.ts'

export const testEndpoint = defineAction<OperatorContext>()({
  id: 'operatorTestWebhook',
  summary: 'Send `webhook.test` to an endpoint now, once, and say what came back',
  params: endpointParams,
  query: modeQuery,
  output: z.object({
    eventId: z.string(),
    url: z.string(),
    status: z.number().int().nullable(),
    milliseconds: z.number().int(),
    response: z.string().nullable(),
    error: z.string().nullable(),
  }),
  async run(context, { params }) {
    const { services, mode } = context
    const endpoint = findEndpoint(services.settings, mode, params.endpointId)
    const eventId = randomUUID()
    const event = {
      id: eventId,
      type: 'webhook.test',
      organizationId: null,
      createdAt: new Date(),
      data: {},
    }
    const { status, milliseconds, response, error } = await attemptDelivery(services, endpoint, {
      event_id: eventId,
      body: bodyOf(event),
    })
    await recordOperatorEvent(context, 'webhook.tested', { endpointId: params.endpointId, status })
    return { eventId, url: endpoint.url, status, milliseconds, response, error }
  },
})
