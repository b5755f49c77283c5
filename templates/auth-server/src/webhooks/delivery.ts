import type { Knex } from 'knex'

/** One event for one endpoint. */
export interface DeliveryRow {
  id: string
  event_id: string
  endpoint_id: string
  type: string
  organization_id: string | null
  body: string
  state: 'pending' | 'delivered' | 'failed' | 'skipped'
  attempts: number
  next_attempt_at: Date | null
  delivered_at: Date | null
  created_at: Date
}

export const DELIVERY_COLUMNS = [
  'id',
  'event_id',
  'endpoint_id',
  'type',
  'organization_id',
  'body',
  'state',
  'attempts',
  'next_attempt_at',
  'delivered_at',
  'created_at',
] as const

export async function findDelivery(hub: Knex, id: string): Promise<DeliveryRow | null> {
  const row = await hub('webhook_deliveries')
    .where({ id })
    .first(...DELIVERY_COLUMNS)
  return row ?? null
}

/** Why nothing is sent to an endpoint any more, or null. */
export async function disabledReason(hub: Knex, endpointId: string): Promise<string | null> {
  const row = await hub('webhook_endpoints')
    .where('id', endpointId)
    .whereNotNull('disabled_at')
    .first('disabled_reason')
  return row ? String(row.disabled_reason ?? '') : null
}
