/** Where the front sends a request: decided by the path alone. */
export type FrontRoute = 'keycloak' | 'refused' | 'api'

/** What Keycloak shows the world of a realm: sign-in at other providers, discovery, keys, SAML. */
const REALM_PATHS = [
  /^\/(?:broker|login-actions|\.well-known)\/./,
  /^\/protocol\/openid-connect\/(?:auth|certs)$/,
  /^\/protocol\/saml(?:\/|$)/,
]
/** Realms of the operators of Keycloak and of the instance: never reachable from outside. */
const CLOSED_REALMS = new Set(['master', 'operators'])
const KEYCLOAK_ONLY = /^\/(?:realms|admin|js|metrics|health|resources)(?:\/|$)/i
const REALM_NAME = /^[A-Za-z0-9_-]+$/

/**
 * The allow-list in front of Keycloak. Everything of Keycloak's that is not named here is refused:
 * token, introspection, userinfo, account and admin endpoints are for the API alone. A path that
 * means something else once decoded (`%2e%2e`, `//`, `\`) never reaches Keycloak.
 */
export function routeRequest(requestTarget: string): FrontRoute {
  const path = requestTarget.split(/[?#]/, 1)[0] ?? ''
  const decoded = decode(path)
  if (!KEYCLOAK_ONLY.test(collapse(decoded))) return 'api'
  if (path !== decoded || decoded !== collapse(decoded) || decoded.includes(';')) return 'refused'
  if (path.startsWith('/resources/')) return 'keycloak'
  const [, realms, realm = '', ...rest] = path.split('/')
  if (realms !== 'realms' || !REALM_NAME.test(realm)) return 'refused'
  if (CLOSED_REALMS.has(realm.toLowerCase())) return 'refused'
  const below = `/${rest.join('/')}`
  return REALM_PATHS.some((pattern) => pattern.test(below)) ? 'keycloak' : 'refused'
}

/** Decodes until nothing changes, so that double encoding does not slip past. */
function decode(path: string): string {
  let current = path
  for (let round = 0; round < 5; round++) {
    let next: string
    try {
      next = decodeURIComponent(current)
    } catch {
      return current
    }
    if (next === current) break
    current = next
  }
  return current
}

/** `//`, `\`, `/./` and `/../` resolved as the most generous server would. */
function collapse(path: string): string {
  const parts: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  const isFolder = path.endsWith('/') && parts.length > 0
  return `/${parts.join('/')}${isFolder ? '/' : ''}`
}
