import { type Core, fetchOf, storageKeys } from './core.ts'
import { apiUrl, loadConfig } from './load-config.ts'
import { send } from './send.ts'
import type { SessionDelivery } from './types.ts'

/** Routes that hand out or need the refresh token: only these go through the app's own backend. */
type SessionRoute =
  | 'login'
  | 'signup'
  | 'verify-email'
  | 'refresh'
  | 'switch'
  | 'token'
  | 'logout'
  | 'app-token'

/** Who keeps the refresh token. The hint knows it before the configuration has come. */
export async function deliveryOf(core: Core): Promise<SessionDelivery> {
  const known = core.config.getSnapshot().data?.sessionDelivery
  if (known) return known
  const hint = core.local.get(storageKeys(core).hint)
  if (hint === 'cookie' || hint === 'bff' || hint === 'body') return hint
  return (await loadConfig(core)).sessionDelivery
}

/** Calls `POST auth/<route>` the way the key's session delivery demands. */
export async function callAuth<T>(
  core: Core,
  route: SessionRoute,
  body: Record<string, unknown>,
  bearer?: string,
): Promise<T> {
  const delivery = await deliveryOf(core)
  const url =
    delivery === 'bff'
      ? `${(core.options.bffUrl ?? '/api/authstack').replace(/\/+$/, '')}/${route}`
      : apiUrl(core, `auth/${route}`)
  return send<T>(url, {
    method: 'POST',
    body,
    headers: {
      'x-authstack-key': core.options.apiKey,
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    },
    // The cookie is the session; no other call of this package carries it.
    credentials: delivery === 'body' ? 'omit' : 'include',
    fetch: fetchOf(core),
  })
}
