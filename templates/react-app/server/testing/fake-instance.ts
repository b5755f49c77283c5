import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/**
 * The two public doors of an AuthStack instance that a backend asks: `GET /config` and the key set of an
 * organization. Keys are real ES256 keys and tokens are really signed, so nothing of the check is skipped.
 */
export async function startFakeInstance() {
  const realms = new Map<string, Awaited<ReturnType<typeof newRealmKeys>>>()
  const server = createServer((request, response) => {
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const organizationId = request.url?.match(
      /^\/api\/v1\/issuers\/([0-9a-f-]{36})\/jwks\.json$/,
    )?.[1]
    const realm = organizationId ? realms.get(organizationId) : undefined
    if (realm) return json(200, { keys: [realm.publicJwk] })
    if (request.url === '/api/v1/config') return json(200, { project: 'acme', mode: 'live' })
    json(404, { code: 'not_found' })
  })
  const endpoint = await listen(server)

  return {
    endpoint,
    async addOrganization(): Promise<string> {
      const organizationId = randomUUID()
      realms.set(organizationId, await newRealmKeys())
      return organizationId
    },
    /** A token as the organization's realm would mint it for this app; `changed` spoils or widens it. */
    async token(organizationId: string, permissions: string[], changed: TokenChanges = {}) {
      const realm = realms.get(changed.signedBy ?? organizationId)
      if (!realm) throw new Error('no such organization in this test')
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        iss: `${endpoint}/realms/live-org-${organizationId}`,
        sub: 'user-1',
        aud: 'app:acme',
        iat: now,
        exp: now + 300,
        org_id: organizationId,
        org_slug: 'a-team',
        roles: ['member'],
        permissions,
        mode: 'live',
        as_sid: randomUUID(),
        ...changed.claims,
      }
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: realm.kid, typ: 'JWT' })
        .sign(realm.privateKey)
    },
    close: () => close(server),
  }
}

export interface TokenChanges {
  claims?: JWTPayload & Record<string, unknown>
  /** Sign with the keys of this other organization. */
  signedBy?: string
}

async function newRealmKeys() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const kid = randomUUID()
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
  return { kid, privateKey, publicJwk }
}

/** Listens on a free loopback port and gives the origin. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Ends a server and the connections that keep it open. */
export async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
