import { toBase64 } from './base64.ts'
import { type HashReading, refuse } from './hash-reading.ts'

/** About 2 s of a core. OWASP asks for 600,000 rounds of SHA-256. */
const ITERATIONS_MAX = 4_000_000
const PHC =
  /^\$pbkdf2(?:-(sha1|sha256|sha512))?\$(?:i=(\d+)(?:,l=\d+)?|(\d+))\$([A-Za-z0-9+/.=]+)\$([A-Za-z0-9+/.=]+)$/
const DJANGO = /^pbkdf2_(sha1|sha256|sha512)\$(\d+)\$([^$]+)\$([A-Za-z0-9+/=]+)$/

/**
 * `$pbkdf2-sha256$i=29000$<salt>$<hash>` (PHC, passlib: both parts are base64) or
 * `pbkdf2_sha256$600000$<salt>$<hash>` (Django: the salt is the text itself).
 */
export function readPbkdf2(hash: string): HashReading {
  const phc = PHC.exec(hash)
  if (phc) {
    const [, digest = 'sha1', named, bare, salt = '', value = ''] = phc
    return pbkdf2(digest, Number(named ?? bare), toBase64(salt), toBase64(value))
  }
  const django = DJANGO.exec(hash)
  if (!django) return refuse('damaged')
  const [, digest = '', iterations, salt = '', value = ''] = django
  const encoded = Buffer.from(salt, 'utf8').toString('base64')
  return pbkdf2(digest, Number(iterations), encoded, toBase64(value))
}

/** Checks the cost; shared with Keycloak's own exports. */
export function pbkdf2(
  digest: string,
  iterations: number,
  salt: string | null,
  value: string | null,
): HashReading {
  if (!salt || !value || !Number.isInteger(iterations) || iterations < 1) return refuse('damaged')
  if (iterations > ITERATIONS_MAX) return refuse('too_costly')
  const algorithm =
    digest === 'sha1' ? 'pbkdf2' : (`pbkdf2-${digest as 'sha256' | 'sha512'}` as const)
  return { ok: true, password: { algorithm, iterations, value, salt, parameters: {} } }
}
