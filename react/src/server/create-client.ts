import { openCaller } from './api/open-caller.ts'
import { createResources } from './api/resources.ts'

export interface ClientOptions {
  /** Address of the instance, e.g. `https://auth.example.com`. Plain http for this machine only. */
  endpoint: string
  /** `authstack_sec_(live|test)_…`; its mode is the data that the client sees, its scopes what it may. */
  secretKey: string
  /** For one attempt. Default 10. */
  timeoutSeconds?: number
  /** Attempts behind the first, where repeating is safe. Default 2. */
  retriesMax?: number
  fetch?: typeof globalThis.fetch
}

export type AuthStackClient = ReturnType<typeof createResources>

/**
 * The instance's backend routes, typed from its OpenAPI document. For servers: a secret key in a page
 * is refused by the instance, and lost.
 *
 * ```ts
 * const authstack = createClient({ endpoint, secretKey: process.env.AUTHSTACK_SECRET_KEY })
 * for await (const organization of authstack.organizations.list()) console.log(organization.slug)
 * ```
 *
 * Every call rejects with an `AuthStackError`: `code` is the instance's problem code, `status` 0 when
 * no answer came. Neither holds the secret key.
 */
export function createClient(options: ClientOptions): AuthStackClient {
  const { secretKey } = options
  if (!/^authstack_sec_(live|test)_/.test(secretKey ?? '')) {
    throw new TypeError('createClient needs secretKey: one that begins with authstack_sec_')
  }
  return createResources(
    openCaller({
      endpoint: safeEndpoint(options.endpoint),
      secretKey,
      fetch: options.fetch ?? globalThis.fetch,
      timeoutSeconds: options.timeoutSeconds ?? 10,
      retriesMax: options.retriesMax ?? 2,
    }),
  )
}

/** Over plain http everybody on the way reads the secret key. */
function safeEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '')
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere))) {
    throw new TypeError('createClient needs endpoint: an address that begins with https://')
  }
  return url.href.replace(/\/+$/, '')
}
