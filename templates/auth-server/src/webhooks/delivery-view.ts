import { z } from 'zod'
import type { DeliveryRow } from './delivery.ts'

export const deliveryParams = z.object({ deliveryId: z.uuid() })
export const deliveryStates = ['pending', 'delivered', 'failed', 'skipped'] as const

export const deliveryShape = z.object({
  id: z.uuid(),
  eventId: z.string(),
  endpointId: z.string(),
  type: z.string(),
  organizationId: z.string().nullable(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  /** Of the last call; null when there was no answer, or no call yet. */
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  nextAttemptAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  createdAt: z.string(),
})

/** A row of `listedDeliveries`: with what the last call gave. */
export interface ListedDelivery extends Omit<DeliveryRow, 'body'> {
  last_status: number | null
  last_error: string | null
}

export function toDelivery(row: ListedDelivery): z.input<typeof deliveryShape> {
  return {
    id: row.id,
    eventId: row.event_id,
    endpointId: row.endpoint_id,
    type: row.type,
    organizationId: row.organization_id,
    state: row.state,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastError: row.last_error,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  }
}
