import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

/** Stands where Keycloak does, for fifty realms that nobody needs to make. One key signs for them all. */
export interface KeycloakDouble {
  url: string
  sign(realm: string, claims: JWTPayload): Promise<string>
  close(): Promise<void>
}

/**
 * Gives every realm a key set, trades any assertion for a token with its claims, and takes every
 * administration of users. What it must never be asked to do is keep tenants apart: that is the API's.
 */
export async function openKeycloakDouble(publicUrl: string): Promise<KeycloakDouble> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const kid = 'double'
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }] }
  const sign: KeycloakDouble['sign'] = (realm, claims) =>
    new SignJWT({ iss: `${publicUrl}/realms/${realm}`, ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid })
      .setIssuedAt()
      .setExpirationTime('300s')
      .sign(privateKey)
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    const { pathname } = new URL(String(request.url), 'http://keycloak')
    const realm = /^\/(?:admin\/)?realms\/([^/]+)/.exec(pathname)?.[1] ?? ''
    const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers })
      response.end(body === undefined ? '' : JSON.stringify(body))
    }
    if (pathname.endsWith('/certs')) return answer(200, jwks)
    if (pathname.endsWith('/token')) {
      const form = new URLSearchParams(text)
      const assertion = form.get('assertion')
      const { iss: _issuer, aud: _audience, ...claims } = assertion ? decodeJwt(assertion) : {}
      const audience = String(form.get('client_id'))
      const token = await sign(realm, { ...claims, aud: audience })
      return answer(200, { access_token: token, expires_in: 300 })
    }
    if (request.method === 'POST') {
      return answer(201, undefined, {
        Location: `http://keycloak${pathname}/${crypto.randomUUID()}`,
      })
    }
    if (request.method === 'GET' && pathname.endsWith('/users')) {
      return answer(200, [{ id: crypto.randomUUID(), enabled: true }])
    }
    if (request.method === 'GET') return answer(200, {})
    answer(204)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    sign,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
