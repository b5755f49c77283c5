import { createHmac, randomUUID } from 'node:crypto'

/** A webhook as the instance sends it: Standard Webhooks, HMAC-SHA256 over id, time and body. */
export function signedWebhook(
  secret: string,
  event: { type: string; organizationId: string | null; id?: string; sentAt?: number },
): { headers: Record<string, string>; body: string } {
  const { type, organizationId, id = randomUUID(), sentAt = Date.now() } = event
  const time = String(Math.floor(sentAt / 1000))
  const body = JSON.stringify({
    type,
    timestamp: new Date(sentAt).toISOString(),
    data: { organizationId, actor: { kind: 'system', id: null }, target: null },
  })
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  }
}
