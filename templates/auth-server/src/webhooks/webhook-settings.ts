import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Event types to send: one by its name, or all that begin so (`member.*`), or `*`. */
const pattern = z
  .string()
  .max(80)
  .regex(/^(\*|[a-z_]+(\.[a-z_]+)*(\.\*)?)$/, 'An event like "member.removed", "member.*" or "*"')

/** One URL of the customer's that is told of events. */
export const webhookSettings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .refine(isPlain, 'No user name, password or fragment'),
  events: z.array(pattern).min(1).max(50),
  /** Name of the secret (`authstack secrets set NAME`) that signs: `whsec_` and base64. */
  secret: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'The NAME of a secret, like "WEBHOOK_SECRET"'),
  /** Whose events: live data unless it says `test`. */
  mode: z.enum(['live', 'test']).optional(),
})

export type WebhookSettings = z.input<typeof webhookSettings>

/**
 * Names an endpoint in the delivery log and on the command line. Made of mode and URL, so that it
 * stays the same over deploys and a changed URL is another endpoint.
 */
export function endpointId({ url, mode = 'live' }: Pick<WebhookSettings, 'url' | 'mode'>): string {
  return `we_${createHash('sha256').update(`${mode} ${url}`).digest('hex').slice(0, 12)}`
}

/** Whether an endpoint with these patterns wants an event. */
export function wants(patterns: string[], type: string): boolean {
  return patterns.some(
    (one) =>
      one === '*' || one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))),
  )
}

function isPlain(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { username, password, hash } = new URL(value)
  return !username && !password && !hash
}
