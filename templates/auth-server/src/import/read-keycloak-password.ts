import { z } from 'zod'
import { toBase64 } from './base64.ts'
import { type HashReading, refuse } from './hash-reading.ts'
import { argon2 } from './read-argon2.ts'
import { readPasswordHash } from './read-password-hash.ts'
import { pbkdf2 } from './read-pbkdf2.ts'

/** A password of a Keycloak realm export, its two inner JSON texts already opened. */
export const keycloakPasswordInput = z.strictObject({
  algorithm: z.string().max(60),
  hashIterations: z.number(),
  value: z.string().max(1000),
  salt: z.string().max(1000).nullish(),
  additionalParameters: z.record(z.string(), z.array(z.string().max(100)).max(5)).optional(),
})

/** Takes what Keycloak and our module can verify; an algorithm of another module is refused. */
export function readKeycloakPassword(given: z.output<typeof keycloakPasswordInput>): HashReading {
  const { algorithm, hashIterations, value } = given
  const salt = toBase64(given.salt ?? '')
  switch (algorithm) {
    case 'bcrypt':
      return readPasswordHash(value)
    case 'pbkdf2':
      return pbkdf2('sha1', hashIterations, salt, toBase64(value))
    case 'pbkdf2-sha256':
    case 'pbkdf2-sha512':
      return pbkdf2(algorithm.slice('pbkdf2-'.length), hashIterations, salt, toBase64(value))
    case 'argon2':
      return readOwnArgon2(given, salt)
    default:
      return refuse('unknown_format')
  }
}

function readOwnArgon2(
  { hashIterations, value, additionalParameters = {} }: z.output<typeof keycloakPasswordInput>,
  salt: string | null,
): HashReading {
  const one = (name: string) => additionalParameters[name]?.[0] ?? ''
  const hash = toBase64(value)
  const type = one('type')
  const version = one('version')
  if (!salt || !hash || !['id', 'i', 'd'].includes(type) || !['1.0', '1.3'].includes(version)) {
    return refuse('damaged')
  }
  return argon2({
    type,
    version,
    memory: Number(one('memory')),
    iterations: hashIterations,
    parallelism: Number(one('parallelism')),
    salt,
    value: hash,
  })
}
