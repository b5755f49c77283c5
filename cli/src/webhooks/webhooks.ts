import type { List } from '../keys/keys.ts'
import type { OperatorClient } from '../operator/operator-client.ts'

/** An endpoint of the settings and how its deliveries stand. */
export type WebhookEndpoint = {
  id: string
  url: string
  events: string[]
  /** Name of the secret that signs. */
  secret: string
  hasSecret: boolean
  disabledAt: string | null
  disabledReason: string | null
  pending: number
  failed: number
  lastDeliveredAt: string | null
}

export type WebhookDelivery = {
  id: string
  /** `webhook-id` of every call of it. */
  eventId: string
  endpointId: string
  type: string
  organizationId: string | null
  state: 'pending' | 'delivered' | 'failed' | 'skipped'
  attempts: number
  lastStatus: number | null
  lastError: string | null
  nextAttemptAt: string | null
  deliveredAt: string | null
  createdAt: string
}

export type ShownDelivery = WebhookDelivery & {
  body: string
  calls: {
    attempt: number
    at: string
    status: number | null
    milliseconds: number
    response: string | null
    error: string | null
  }[]
}

export type WebhookTest = {
  eventId: string
  url: string
  status: number | null
  milliseconds: number
  response: string | null
  error: string | null
}

export function listEndpoints(operator: OperatorClient): Promise<List<WebhookEndpoint>> {
  return operator.call({ method: 'GET', path: '/webhooks' })
}

export function listDeliveries(
  operator: OperatorClient,
  query: Record<string, string | undefined>,
): Promise<List<WebhookDelivery>> {
  return operator.call({ method: 'GET', path: '/webhooks/deliveries', query })
}

export function showDelivery(operator: OperatorClient, id: string): Promise<ShownDelivery> {
  return operator.call({ method: 'GET', path: deliveryPath(id), subject: `delivery "${id}"` })
}

export function replayDelivery(operator: OperatorClient, id: string): Promise<WebhookDelivery> {
  const path = `${deliveryPath(id)}/replay`
  return operator.call({ method: 'POST', path, subject: `delivery "${id}"` })
}

/** Sends again what failed or was skipped between two times (ISO 8601). */
export function replayDeliveries(
  operator: OperatorClient,
  body: {
    since: string
    until: string
    endpointId?: string | undefined
    includeDelivered?: boolean
  },
): Promise<{ replayed: number }> {
  return operator.call({ method: 'POST', path: '/webhooks/replay', body })
}

export function testEndpoint(operator: OperatorClient, id: string): Promise<WebhookTest> {
  const path = `/webhooks/${encodeURIComponent(id)}/test`
  return operator.call({ method: 'POST', path, subject: `endpoint "${id}"` })
}

export async function enableEndpoint(operator: OperatorClient, id: string): Promise<void> {
  const path = `/webhooks/${encodeURIComponent(id)}/enable`
  await operator.call({ method: 'POST', path, subject: `endpoint "${id}"` })
}

function deliveryPath(id: string): string {
  return `/webhooks/deliveries/${encodeURIComponent(id)}`
}
