import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'

/** Header and claims of a compact JWT, unverified. */
export function decode(token: string): {
  header: { alg: string; kid: string; typ: string }
  // biome-ignore lint/suspicious/noExplicitAny: tests assert on every claim they read
  claims: any
} {
  const [header, claims] = token.split('.')
  return { header: part(header), claims: part(claims) }
}

/** True when this JWK made the token's ES256 signature. */
export function isSignedBy(token: string, jwk: JsonWebKey): boolean {
  const [header, claims, signature] = token.split('.')
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  return verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature ?? '', 'base64url'),
  )
}

/** The token with some claims changed and its old signature kept. */
export function tampered(token: string, changes: Record<string, unknown>): string {
  const [header, claims, signature] = token.split('.')
  return `${header}.${encode({ ...part(claims), ...changes })}.${signature}`
}

/** The token's claims under `alg: none`, without a signature. */
export function unsigned(token: string): string {
  const [, claims] = token.split('.')
  return `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.`
}

function part(segment = '') {
  return JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
