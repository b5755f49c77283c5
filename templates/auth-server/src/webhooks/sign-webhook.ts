import { createHmac } from 'node:crypto'

const SECRET_BYTES_MIN = 24
const SECRET_BYTES_MAX = 64

/**
 * The headers of Standard Webhooks (v1: HMAC-SHA256 over id, time and body).
 * @param secrets one `whsec_...`, or several with blanks between: while a secret is changed, both sign
 * @throws when one of them is no such secret; the message does not hold it
 */
export function signWebhook(
  secrets: string,
  message: { id: string; timestampSeconds: number; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const { id, timestampSeconds, body } = message
  const signatures = secrets
    .trim()
    .split(/\s+/)
    .map((secret) => {
      const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestampSeconds}.${body}`)
      return `v1,${mac.digest('base64')}`
    })
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  }
}

function keyOf(secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1]
  const key = Buffer.from(encoded ?? '', 'base64')
  if (key.length < SECRET_BYTES_MIN || key.length > SECRET_BYTES_MAX) {
    throw new Error('The secret is not "whsec_" and base64 of 24 to 64 bytes')
  }
  return key
}
