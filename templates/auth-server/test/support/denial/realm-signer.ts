import { createPrivateKey, type KeyObject } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import pg from 'pg'

/**
 * Signs with the very keys of Keycloak's realms, read out of Keycloak's own database by the superuser
 * of the cluster. So a token that has expired, names another audience or another organization is
 * genuine in all but the one thing that the test is about, and nobody waits for time to pass.
 */
export interface RealmSigner {
  sign(realm: string, claims: JWTPayload): Promise<string>
  close(): Promise<void>
}

const PRIVATE_KEY = `
  select k.value from realm r
  join component c on c.realm_id = r.id and c.provider_id = 'ecdsa-generated'
  join component_config k on k.component_id = c.id and k.name = 'ecdsaPrivateKey'
  where r.name = $1`

export async function openRealmSigner(
  superuserUrl: string,
  keycloakUrl: string,
): Promise<RealmSigner> {
  const url = new URL(superuserUrl)
  url.pathname = '/keycloak'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  const keys = new Map<string, Promise<{ key: KeyObject; kid: string }>>()
  async function read(realm: string) {
    const { rows } = await client.query<{ value: string }>(PRIVATE_KEY, [realm])
    if (!rows[0]) throw new Error(`Keycloak holds no ES256 key of realm ${realm}`)
    const der = Buffer.from(rows[0].value, 'base64')
    const certs = await fetch(`${keycloakUrl}/realms/${realm}/protocol/openid-connect/certs`)
    const { keys: published } = (await certs.json()) as { keys: { alg: string; kid: string }[] }
    const kid = published.find((one) => one.alg === 'ES256')?.kid
    if (!kid) throw new Error(`Realm ${realm} publishes no ES256 key`)
    return { key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }), kid }
  }
  return {
    async sign(realm, claims) {
      const found = keys.get(realm) ?? read(realm)
      keys.set(realm, found)
      const { key, kid } = await found
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid }).sign(key)
    },
    close: () => client.end(),
  }
}
