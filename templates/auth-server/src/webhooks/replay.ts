import type { Knex } from 'knex'
import { addToOutbox } from '../outbox/add-to-outbox.ts'
import { deliverySchema } from './enqueue-deliveries.ts'

/** Which deliveries to send again; those that wait already are left alone. */
export interface ReplayChoice {
  ids?: string[]
  endpointId?: string | undefined
  /** ISO 8601, inclusive. */
  since?: string
  /** ISO 8601, exclusive. */
  until?: string
  /** `delivered` too; else only what failed or was skipped. */
  includeDelivered?: boolean | undefined
}

export const replayMax = 10_000
const rowsAtOnce = 1000

/**
 * Sends deliveries again, with the ids and bodies they had: a receiver that keeps ids knows them.
 * @returns how many, at most `replayMax`; the oldest first
 */
export async function replay(trx: Knex.Transaction, choice: ReplayChoice): Promise<number> {
  const chosen = trx('webhook_deliveries')
    .whereIn(
      'state',
      choice.includeDelivered ? ['delivered', 'failed', 'skipped'] : ['failed', 'skipped'],
    )
    .orderBy('created_at')
    .limit(replayMax)
    .forUpdate()
    .select('id')
  if (choice.ids) chosen.whereIn('id', choice.ids)
  if (choice.endpointId) chosen.where('endpoint_id', choice.endpointId)
  if (choice.since) chosen.where('created_at', '>=', choice.since)
  if (choice.until) chosen.where('created_at', '<', choice.until)
  const rows: { id: string }[] = await trx('webhook_deliveries')
    .whereIn('id', chosen)
    .update({ state: 'pending', next_attempt_at: trx.fn.now(), delivered_at: null })
    .returning('id')
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.slice(start, start + rowsAtOnce)
    await addToOutbox(
      trx,
      part.map(({ id }) => ({
        kind: 'webhook',
        schema: deliverySchema,
        payload: { deliveryId: id },
      })),
    )
  }
  return rows.length
}
