import { type HashReading, refuse } from './hash-reading.ts'
import { readArgon2 } from './read-argon2.ts'
import { readPbkdf2 } from './read-pbkdf2.ts'

/** 2^16 rounds take about 3 s: a file must not bring a hash that makes every sign-in an outage. */
const BCRYPT_COST_MAX = 16
const BCRYPT = /^\$2([abxy]?)\$(\d\d)\$[./A-Za-z0-9]{53}$/

/**
 * Reads a password hash in the text form that other systems export: bcrypt (`$2a$`, `$2b$`, `$2y$`),
 * argon2 (PHC), PBKDF2 (PHC, passlib, Django). Everything else is refused: a hash that nobody can
 * verify would lock the person out, where no password at all lets them reset it.
 */
export function readPasswordHash(hash: string): HashReading {
  if (hash.startsWith('$2')) return readBcrypt(hash)
  if (hash.startsWith('$argon2')) return readArgon2(hash)
  if (hash.startsWith('$pbkdf2') || hash.startsWith('pbkdf2_')) return readPbkdf2(hash)
  return refuse('unknown_format')
}

function readBcrypt(hash: string): HashReading {
  const match = BCRYPT.exec(hash)
  if (!match) return refuse('damaged')
  const [, version, cost] = match
  // "2x" marks hashes of a faulty PHP, and "2" knows no UTF-8: other bytes go in than a person types.
  if (version === 'x' || version === '') return refuse('unknown_format')
  const iterations = Number(cost)
  if (iterations < 4) return refuse('damaged')
  if (iterations > BCRYPT_COST_MAX) return refuse('too_costly')
  return {
    ok: true,
    password: { algorithm: 'bcrypt', iterations, value: hash, salt: null, parameters: {} },
  }
}
