import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { addToOutbox } from '../outbox/add-to-outbox.ts'
import type { Settings } from '../settings.ts'
import { endpointId, wants } from './webhook-settings.ts'

/** What the world may be told. `data` holds ids and slugs, never an address, a name or a secret. */
export interface WebhookEvent {
  /** Becomes `webhook-id`: the receiver knows a repeat by it, so one event keeps one id for ever. */
  id: string
  /** Dotted, past tense: `member.removed`. */
  type: string
  organizationId: string | null
  createdAt: Date | string
  data: Record<string, unknown>
}

/** Version of the outbox row of a delivery. */
export const deliverySchema = 1

/**
 * Leaves one delivery for every endpoint of the settings that wants the event, in the transaction of
 * what it tells. Works as hub and as tenant. The same event twice is one delivery.
 */
export async function enqueueDeliveries(
  { settings }: { settings: Pick<Settings, 'webhooks'> },
  mode: Mode,
  trx: Knex,
  events: WebhookEvent[],
): Promise<void> {
  const endpoints = settings.webhooks.filter((endpoint) => (endpoint.mode ?? 'live') === mode)
  const deliveries = events.flatMap((event) =>
    endpoints
      .filter((endpoint) => wants(endpoint.events, event.type))
      .map((endpoint) => ({
        id: randomUUID(),
        event_id: event.id,
        endpoint_id: endpointId(endpoint),
        type: event.type,
        organization_id: event.organizationId,
        body: bodyOf(event),
      })),
  )
  if (deliveries.length === 0) return
  // Without naming the key: that needs no right to read the table, which a tenant does not have.
  await trx('webhook_deliveries').insert(deliveries).onConflict().ignore()
  await addToOutbox(
    trx,
    deliveries.map(({ id }) => ({
      kind: 'webhook',
      schema: deliverySchema,
      payload: { deliveryId: id },
    })),
  )
}

/** The bytes that are signed and sent, the same on every attempt. Shape of Standard Webhooks. */
export function bodyOf({ type, createdAt, organizationId, data }: WebhookEvent): string {
  return JSON.stringify({
    type,
    timestamp: new Date(createdAt).toISOString(),
    data: { ...data, organizationId },
  })
}
