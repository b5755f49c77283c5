import KeycloakConnect from 'keycloak-connect'
import { OPERATOR_CLIENT, OPERATORS_REALM } from './names.ts'
import { getJson, keycloakDown } from './request.ts'

const KEY_FRESH_MILLISECONDS = 60_000

export interface Operators {
  /** The operator behind a token of realm `operators`, or null when it is no such token. */
  check(token: string): Promise<{ id: string; name: string } | null>
}

/** The parts of keycloak-connect that are used; its own types are written against Express 4. */
interface GrantManager {
  createGrant(data: string): Promise<{
    access_token?: { hasRealmRole(role: string): boolean; content?: Record<string, unknown> }
  }>
}

/** The one adapter to keycloak-connect. It verifies RSA only, which is why the realm has RS256 keys. */
export function openOperators(keycloakUrl: string, publicUrl: string): Operators {
  let manager: GrantManager | null = null
  let madeAt = 0

  async function current(): Promise<GrantManager> {
    if (manager && Date.now() - madeAt < KEY_FRESH_MILLISECONDS) return manager
    // Fetched over loopback and handed over: the issuer is the public URL, which the library would ask.
    const realm = (await getJson(`${keycloakUrl}/realms/${OPERATORS_REALM}`)) as {
      public_key?: string
    } | null
    if (!realm?.public_key) throw keycloakDown(new Error('The realm "operators" is not there'))
    const adapter = new KeycloakConnect({}, {
      realm: OPERATORS_REALM,
      'auth-server-url': publicUrl,
      resource: OPERATOR_CLIENT,
      'bearer-only': true,
      'realm-public-key': realm.public_key,
      'verify-token-audience': true,
    } as never)
    manager = adapter.grantManager as unknown as GrantManager
    madeAt = Date.now()
    return manager
  }

  return {
    async check(token) {
      const manager = await current()
      try {
        const grant = await manager.createGrant(JSON.stringify({ access_token: token }))
        const access = grant.access_token
        if (!access?.hasRealmRole('operator')) return null
        const { sub, preferred_username: name } = access.content ?? {}
        return { id: String(sub), name: String(name ?? 'operator') }
      } catch {
        // The library gives one kind of error for every fault of a token.
        return null
      }
    },
  }
}
