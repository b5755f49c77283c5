import { createHmac } from 'node:crypto'
import { credential, keycloakUrl } from './instance.ts'
import { type Answer, request } from './request.ts'

const generation = 1

/** The secret of a client of ours inside a realm, derived as the server derives it. */
export function clientSecret(realm: string, client: string): string {
  const key = Buffer.from(credential('master-key'), 'base64url')
  return createHmac('sha256', key).update(`${realm}|${client}|${generation}`).digest('base64url')
}

/** A token of the realm's own service account: the only administrator a realm has. */
export async function realmAdminToken(realm: string): Promise<string> {
  const answer = await request(`${keycloakUrl()}/realms/${realm}/protocol/openid-connect/token`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'authstack-admin',
      client_secret: clientSecret(realm, 'authstack-admin'),
    }).toString(),
  })
  if (answer.status !== 200) throw new Error(`${realm}: ${answer.status} ${answer.text}`)
  return answer.body.access_token
}

/** One call of Keycloak's admin REST inside a realm, on the loopback port. `path` follows the realm. */
export async function administer(
  realm: string,
  method: string,
  path: string,
  json?: unknown,
): Promise<Answer> {
  const headers = { authorization: `Bearer ${await realmAdminToken(realm)}` }
  return request(`${keycloakUrl()}/admin/realms/${realm}${path}`, { method, headers, json })
}
