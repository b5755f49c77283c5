import { createHmac, timingSafeEqual } from 'node:crypto'
import { WebhookError } from './webhook-error.ts'
import type { WebhookEvent } from './webhook-events.ts'

export interface VerifyWebhookOptions {
  /** How old, or how far ahead, the time of sending may be. Default 300. */
  toleranceSeconds?: number
  /** For tests; milliseconds since 1970. */
  now?: () => number
}

/** Headers of a fetch request, or of Node's. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>

/**
 * Checks a webhook by Standard Webhooks and gives its event. Throws a `WebhookError` otherwise.
 *
 * @param rawBody the bytes as they came; a body that was parsed and written again has another signature
 * @param headers of the request: `webhook-id`, `webhook-timestamp`, `webhook-signature`
 * @param secret `whsec_…`, or both while it is being changed
 */
export function verifyWebhook(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | string[],
  { toleranceSeconds = 300, now = Date.now }: VerifyWebhookOptions = {},
): WebhookEvent {
  const id = read(headers, 'webhook-id')
  const time = read(headers, 'webhook-timestamp')
  const signatures = read(headers, 'webhook-signature')
  if (!id || !time || !signatures) {
    throw new WebhookError('webhook_incomplete', 'It lacks a header of Standard Webhooks')
  }
  checkTime(time, now() / 1000, toleranceSeconds)
  const body = typeof rawBody === 'string' ? Buffer.from(rawBody, 'utf8') : Buffer.from(rawBody)
  const signed = Buffer.concat([Buffer.from(`${id}.${time}.`, 'utf8'), body])
  const secrets = [secret].flat().map(keyOf)
  if (!isSigned(signed, signatures, secrets)) {
    throw new WebhookError('webhook_signature_wrong', 'No signature fits the body and the secret')
  }
  return parseEvent(body, id)
}

/** Old ones are replays: who recorded a webhook must not send it again next week. */
function checkTime(time: string, nowSeconds: number, toleranceSeconds: number): void {
  const sentAt = /^\d{1,12}$/.test(time) ? Number(time) : Number.NaN
  if (!(Math.abs(nowSeconds - sentAt) <= toleranceSeconds)) {
    throw new WebhookError('webhook_too_old', 'It was sent too long ago, or a clock is wrong')
  }
}

/** Any of the signatures by any of the secrets: both change one after the other. */
function isSigned(signed: Buffer, signatures: string, secrets: Buffer[]): boolean {
  const wanted = secrets.map((key) => createHmac('sha256', key).update(signed).digest())
  let isFound = false
  for (const one of signatures.split(' ')) {
    const [version, encoded = ''] = one.split(',', 2)
    if (version !== 'v1') continue
    const given = Buffer.from(encoded, 'base64')
    for (const mac of wanted) {
      // Not ===, which ends at the first wrong byte and lets a forger find them one by one.
      if (given.length === mac.length && timingSafeEqual(given, mac)) isFound = true
    }
  }
  return isFound
}

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  // An empty secret (a variable that is not set) would sign everything the same for everybody.
  if (key.length < 16)
    throw new TypeError('verifyWebhook needs secret: one that begins with whsec_')
  return key
}

function parseEvent(body: Buffer, id: string): WebhookEvent {
  const event = parse(body.toString('utf8'))
  const { type, timestamp, data } = event
  if (typeof type !== 'string' || typeof timestamp !== 'string' || !isObject(data)) {
    throw new WebhookError('webhook_body_invalid', 'The body is no event')
  }
  return { id, type, timestamp, data } as WebhookEvent
}

function parse(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function read(headers: WebhookHeaders, name: string): string | null {
  if (headers instanceof Headers) return headers.get(name)
  const value = headers[name]
  return Array.isArray(value) ? (value[0] ?? null) : (value ?? null)
}
