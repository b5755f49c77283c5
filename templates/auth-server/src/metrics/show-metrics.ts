import type { PublicContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { everyone, route } from '../http/route.ts'

const showMetrics = defineAction<PublicContext>()({
  id: 'showMetrics',
  summary: 'Figures in the text format of Prometheus',
  output: 'raw',
  async run({ services }) {
    const { metrics } = services
    return {
      status: 200,
      headers: { 'Content-Type': metrics.registry.contentType },
      body: await metrics.render(),
    }
  },
})

/**
 * On the operator socket, without a token: whoever may open that socket is of the machine, and the
 * figures name routes and counts, no person.
 */
export const metricsRoute = route('GET', '/metrics', everyone(), showMetrics)
