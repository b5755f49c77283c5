import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { endpointParams, findEndpoint } from './find-endpoint.ts'

export const enableEndpoint = defineAction<OperatorContext>()({
  id: 'operatorEnableWebhook',
  summary: 'Send to an endpoint again that had answered 410; replay what it missed',
  params: endpointParams,
  query: modeQuery,
  output: null,
  async run(context, { params }) {
    const { services, mode } = context
    findEndpoint(services.settings, mode, params.endpointId)
    await services.db
      .hubQuery(mode)('webhook_endpoints')
      .where('id', params.endpointId)
      .update({ disabled_at: null, disabled_reason: null })
    await recordOperatorEvent(context, 'webhook.enabled', { endpointId: params.endpointId })
  },
})
