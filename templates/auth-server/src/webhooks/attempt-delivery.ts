import type { Services } from '../services.ts'
import type { DeliveryRow } from './delivery.ts'
import { type PostOptions, type PostResult, postToEndpoint } from './post-to-endpoint.ts'
import { signWebhook } from './sign-webhook.ts'
import type { WebhookSettings } from './webhook-settings.ts'

type Needs = Pick<Services, 'env' | 'settings'>

/** Signs a delivery with the endpoint's secret and sends it once. Never throws. */
export async function attemptDelivery(
  { env, settings }: Needs,
  endpoint: WebhookSettings,
  delivery: Pick<DeliveryRow, 'event_id' | 'body'>,
  options: Partial<PostOptions> = {},
): Promise<PostResult> {
  const secret = env.secret(endpoint.secret)
  if (secret === null) return unsigned(`The secret ${endpoint.secret} is not set`)
  let signed: ReturnType<typeof signWebhook>
  try {
    signed = signWebhook(secret, {
      id: delivery.event_id,
      timestampSeconds: Math.floor(Date.now() / 1000),
      body: delivery.body,
    })
  } catch (error) {
    return unsigned(`${endpoint.secret}: ${(error as Error).message}`)
  }
  const result = await postToEndpoint(
    endpoint.url,
    {
      'Content-Type': 'application/json',
      'User-Agent': `AuthStack-Webhooks (${settings.project})`,
      ...signed,
    },
    delivery.body,
    { isLocal: env.environment === 'local', ...options },
  )
  // A receiver that echoes what it got must not put a secret or a signature into the log.
  const secrets = [...secret.split(/\s+/), ...signed['webhook-signature'].split(' ')]
  return { ...result, response: withoutSecrets(result.response, secrets) }
}

function withoutSecrets(text: string | null, secrets: string[]): string | null {
  const parts = secrets.flatMap((one) => [one, one.replace(/^(whsec_|v1,)/, '')])
  return parts
    .filter(Boolean)
    .reduce((rest, one) => rest?.replaceAll(one, '[secret]') ?? null, text)
}

function unsigned(error: string): PostResult {
  return { status: null, milliseconds: 0, response: null, error, retryAfterSeconds: null }
}
