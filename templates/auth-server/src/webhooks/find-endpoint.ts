import { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { endpointId, type WebhookSettings } from './webhook-settings.ts'

export const endpointParams = z.object({ endpointId: z.string().regex(/^we_[0-9a-f]{12}$/) })

/** The endpoints of a mode, as the settings name them. */
export function endpointsOf(
  { webhooks }: Pick<Settings, 'webhooks'>,
  mode: Mode,
): { id: string; endpoint: WebhookSettings }[] {
  return webhooks
    .filter((endpoint) => (endpoint.mode ?? 'live') === mode)
    .map((endpoint) => ({ id: endpointId(endpoint), endpoint }))
}

/** The endpoint with this id, or 404. */
export function findEndpoint(
  settings: Pick<Settings, 'webhooks'>,
  mode: Mode,
  id: string,
): WebhookSettings {
  const found = endpointsOf(settings, mode).find((one) => one.id === id)
  if (!found) throw new Problem('not_found')
  return found.endpoint
}
