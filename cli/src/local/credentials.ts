import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeAtomic } from '../machine/write-atomic.ts'

/** Files of random words; each is made once and then kept. */
const PASSWORDS = [
  'db-superuser',
  'db-owner',
  'db-tenant',
  'db-hub',
  'db-operator',
  'db-keycloak',
  'keycloak-creator',
  'operator-client',
] as const

/**
 * Makes what is missing in the credentials folder (0700, files 0600) and keeps the rest. Secrets
 * live here only: never in arguments, logs, settings or a release.
 */
export function ensureCredentials(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  make(folder, 'master-key', () => randomBytes(32).toString('base64url'))
  make(folder, 'assertion-key', () => JSON.stringify({ current: assertionKey(), next: null }))
  for (const name of PASSWORDS) make(folder, name, () => randomBytes(24).toString('base64url'))
}

/** The bootstrap admin `user:password` of Keycloak's first boot; made when absent. */
export function ensureBootstrapAdmin(folder: string): { user: string; password: string } {
  make(folder, 'keycloak-admin', () => `bootstrap:${randomBytes(24).toString('base64url')}`)
  const [user = '', password = ''] = readCredential(folder, 'keycloak-admin').split(':')
  return { user, password }
}

/** Forgets the bootstrap admin: it was deleted in Keycloak too. */
export function removeBootstrapAdmin(folder: string): void {
  rmSync(join(folder, 'keycloak-admin'), { force: true })
}

/** One secret. Throws when it is not there. */
export function readCredential(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8').trim()
}

function make(folder: string, name: string, content: () => string): void {
  const path = join(folder, name)
  if (!existsSync(path)) writeAtomic(path, content(), 0o600)
}

/** A private ES256 JWK: the server signs 60-second assertions with it, never access tokens. */
function assertionKey(): Record<string, unknown> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', use: 'sig' }
}
