import { createPublicKey, randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { AssertionKeys } from '../env.ts'

export const ASSERTION_SECONDS = 60

export interface AssertionSigner {
  issuer: string
  keyId: string
  publicKeyPem: string
  /** Signs a one-use assertion for one realm. The key signs nothing else; access tokens are Keycloak's. */
  sign(
    realmIssuer: string,
    userId: string,
    claims: Record<string, unknown>,
  ): Promise<{ assertion: string; jti: string; expiresAt: Date }>
}

export async function openAssertionSigner(
  keys: AssertionKeys,
  publicUrl: string,
): Promise<AssertionSigner> {
  const { current } = keys
  const key = await importJWK(current, 'ES256')
  const issuer = `${publicUrl}/assertions`
  return {
    issuer,
    keyId: current.kid,
    publicKeyPem: publicPem(current),
    async sign(realmIssuer, userId, claims) {
      const jti = randomUUID()
      const now = Math.floor(Date.now() / 1000)
      const assertion = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: current.kid })
        .setIssuer(issuer)
        .setSubject(userId)
        // The realm's public issuer: an assertion for one realm is worth nothing at another.
        .setAudience(realmIssuer)
        .setIssuedAt(now)
        .setExpirationTime(now + ASSERTION_SECONDS)
        .setJti(jti)
        .sign(key)
      return { assertion, jti, expiresAt: new Date((now + ASSERTION_SECONDS) * 1000) }
    },
  }
}

function publicPem(jwk: JWK): string {
  const { d: _private, ...publicJwk } = jwk
  return createPublicKey({ key: publicJwk as never, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
}
