import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { modeQuery } from '../operator/mode-query.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { deliveryParams, deliveryShape, type ListedDelivery, toDelivery } from './delivery-view.ts'
import { listedDeliveries } from './listed-deliveries.ts'
import { replay } from './replay.ts'

export const replayDelivery = defineAction<OperatorContext>()({
  id: 'operatorReplayWebhookDelivery',
  summary: 'Send one delivery again, at once; one that waits for a retry goes now',
  params: deliveryParams,
  query: modeQuery,
  status: 202,
  output: deliveryShape,
  async run(context, { params }) {
    const { services, mode } = context
    const row = await services.db.hub(mode, async (trx) => {
      const ids = [params.deliveryId]
      const replayed = await replay(trx, { ids, includeDelivered: true })
      if (replayed === 0) {
        await trx('outbox')
          .where({ kind: 'webhook', sent_at: null, failed_at: null, locked_until: null })
          .whereRaw(`payload ->> 'deliveryId' = ?`, ids)
          .update({ available_at: trx.fn.now() })
        await trx.raw('notify outbox')
      }
      return (await listedDeliveries(trx).where('d.id', params.deliveryId).first()) as
        | ListedDelivery
        | undefined
    })
    if (!row) throw new Problem('not_found')
    await recordOperatorEvent(context, 'webhook.replayed', { deliveryId: row.id })
    return toDelivery(row)
  },
})
