import { toBase64 } from './base64.ts'
import { type HashReading, refuse } from './hash-reading.ts'

const PHC =
  /^\$argon2(id|i|d)\$(?:v=(\d+)\$)?m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+=*)\$([A-Za-z0-9+/]+=*)$/

/** A sign-in takes this much of Keycloak's memory, and several run at a time. */
const MEMORY_KIBIBYTES_MAX = 128 * 1024
const ITERATIONS_MAX = 20
const PARALLELISM_MAX = 16

/** `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<hash>`, as Keycloak's own argon2 provider stores it. */
export function readArgon2(hash: string): HashReading {
  const match = PHC.exec(hash)
  if (!match) return refuse('damaged')
  const [, type = '', version = '16', memory = '', iterations = '', parallelism = ''] = match
  const salt = toBase64(match[6] ?? '')
  const value = toBase64(match[7] ?? '')
  if (!salt || !value || !['16', '19'].includes(version)) return refuse('damaged')
  return argon2({
    type,
    version: version === '19' ? '1.3' : '1.0',
    memory: Number(memory),
    iterations: Number(iterations),
    parallelism: Number(parallelism),
    salt,
    value,
  })
}

interface Argon2 {
  type: string
  version: string
  memory: number
  iterations: number
  parallelism: number
  salt: string
  value: string
}

/** Checks the costs; shared with Keycloak's own exports. */
export function argon2(given: Argon2): HashReading {
  const { memory, iterations, parallelism } = given
  if (![memory, iterations, parallelism].every((one) => Number.isInteger(one) && one >= 1)) {
    return refuse('damaged')
  }
  if (
    memory > MEMORY_KIBIBYTES_MAX ||
    iterations > ITERATIONS_MAX ||
    parallelism > PARALLELISM_MAX
  ) {
    return refuse('too_costly')
  }
  return {
    ok: true,
    password: {
      algorithm: 'argon2',
      iterations,
      value: given.value,
      salt: given.salt,
      parameters: {
        hashLength: [String(Buffer.from(given.value, 'base64').length)],
        memory: [String(memory)],
        type: [given.type],
        version: [given.version],
        parallelism: [String(parallelism)],
      },
    },
  }
}
