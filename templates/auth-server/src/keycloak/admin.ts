import KcAdminClient, { NetworkError } from '@keycloak/keycloak-admin-client'
import { ADMIN_CLIENT, CREATOR_CLIENT, clientSecret } from './names.ts'
import { KeycloakRefusal, keycloakDown, postForm } from './request.ts'

/** Making a realm takes a second on a quiet machine, and several on a busy one. */
const TIMEOUT_MILLISECONDS = 30_000
/** A cached token is renewed this long before it ends. */
const MARGIN_MILLISECONDS = 20_000
const TOKENS_MAX = 2000

export interface Admin {
  /** Runs `fn` as the service account of `realm`, which can do nothing in any other realm. */
  inRealm<T>(realm: string, fn: (client: KcAdminClient) => Promise<T>): Promise<T>
  /** Runs `fn` as the master client that holds `create-realm` only. */
  asCreator<T>(fn: (client: KcAdminClient) => Promise<T>): Promise<T>
}

interface AdminOptions {
  keycloakUrl: string
  masterKey: Buffer
  creatorSecret: () => string
  timeoutMilliseconds?: number | undefined
}

/** Admin REST by small service accounts; the master admin does not exist at run time. */
export function openAdmin(options: AdminOptions): Admin {
  const { keycloakUrl, masterKey, creatorSecret } = options
  const timeout = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS
  const tokens = new Map<string, { token: string; until: number }>()

  async function tokenFor(realm: string, clientId: string, secret: string): Promise<string> {
    const cached = tokens.get(realm)
    if (cached && cached.until > Date.now()) return cached.token
    const answer = await postForm(`${keycloakUrl}/realms/${realm}/protocol/openid-connect/token`, {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: secret,
    })
    const until = Date.now() + Number(answer.expires_in) * 1000 - MARGIN_MILLISECONDS
    // Oldest first out: a Map keeps insertion order.
    if (tokens.size >= TOKENS_MAX) tokens.delete(tokens.keys().next().value as string)
    tokens.set(realm, { token: String(answer.access_token), until })
    return String(answer.access_token)
  }

  async function run<T>(
    realm: string,
    clientId: string,
    secret: string,
    fn: (client: KcAdminClient) => Promise<T>,
  ): Promise<T> {
    const client = new KcAdminClient({
      baseUrl: keycloakUrl,
      realmName: realm,
      timeout,
    })
    client.setAccessToken(await tokenFor(realm, clientId, secret))
    try {
      return await fn(client)
    } catch (error) {
      const refusal = asRefusal(error)
      // A realm deleted and made again (or a restored Keycloak) does not know the cached token.
      if (refusal instanceof KeycloakRefusal && refusal.status === 401) tokens.delete(realm)
      throw refusal
    }
  }

  return {
    inRealm: (realm, fn) =>
      run(realm, ADMIN_CLIENT, clientSecret(masterKey, realm, ADMIN_CLIENT), fn),
    asCreator: (fn) => run('master', CREATOR_CLIENT, creatorSecret(), fn),
  }
}

function asRefusal(error: unknown): unknown {
  if (error instanceof NetworkError) {
    const { status } = error.response
    if (status >= 500) return keycloakDown(error)
    const data = error.responseData as { error?: string; errorMessage?: string } | undefined
    return new KeycloakRefusal(status, data?.error ?? '', data?.errorMessage ?? error.message)
  }
  if (error instanceof TypeError || (error as Error)?.name === 'TimeoutError') {
    return keycloakDown(error)
  }
  return error
}
