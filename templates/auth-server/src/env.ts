import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { z } from 'zod'

/** Where a server listens: a unix socket path, or a loopback address. */
export type Listen = { path: string } | { host: string; port: number }

/**
 * What the machine tells the program. The only reader of `process.env` and of the credentials folder.
 * Public facts come as variables; secrets only as files (systemd's `LoadCredential`), so that no
 * secret shows in `ps`, in a crash report or in a child's environment.
 */
export interface Env {
  project: string
  version: string
  environment: string
  listen: Listen
  operatorListen: Listen | null
  /** Origin of the instance as browsers see it, without a trailing slash. */
  publicUrl: string
  /** Loopback base of Keycloak, without a trailing slash. */
  keycloakUrl: string
  postgres: { host: string; port: number; superuserUrl: string | null }
  redisUrl: string
  smtpUrl: string
  mailFrom: string
  /** `address` or `address:port` of the DNS servers to ask; none: those of the machine. */
  dnsServers: string[]
  /** Where Stripe's API is when it is not Stripe's own: a stand-in of the tests, on this machine only. */
  stripeApiUrl: string | null
  /** Reads one credential file; throws when it is missing. */
  credential(name: string): string
  /** Reads one credential file; null when it is missing. */
  credentialOrNull(name: string): string | null
  /** A secret of the project's own (`authstack secrets set NAME`), or null when it is not set. */
  secret(name: string): string | null
}

/** The private keys that sign assertions to Keycloak (never access tokens). */
export interface AssertionKeys {
  current: JWK & { kid: string }
  next: (JWK & { kid: string }) | null
}

const variables = z.object({
  AUTHSTACK_PROJECT: z.string().min(1),
  AUTHSTACK_VERSION: z.string().default('v0.0'),
  AUTHSTACK_ENVIRONMENT: z.string().default('local'),
  AUTHSTACK_LISTEN: z.string().default('127.0.0.1:4100'),
  AUTHSTACK_OPERATOR_LISTEN: z.string().optional(),
  AUTHSTACK_PUBLIC_URL: z.url(),
  AUTHSTACK_KEYCLOAK_URL: z.url(),
  AUTHSTACK_PG_HOST: z.string().default('127.0.0.1'),
  AUTHSTACK_PG_PORT: z.coerce.number().int(),
  AUTHSTACK_PG_SUPERUSER_URL: z.string().optional(),
  AUTHSTACK_REDIS_URL: z.string(),
  AUTHSTACK_SMTP_URL: z.string().default('smtp://127.0.0.1:1025'),
  AUTHSTACK_STRIPE_API_URL: z
    .url()
    // Elsewhere it would be a way to send the customer's Stripe key to a stranger.
    .refine(
      (url) => /^(127\.0\.0\.1|localhost|\[::1\])$/.test(new URL(url).hostname),
      'Only on this machine',
    )
    .optional(),
  AUTHSTACK_MAIL_FROM: z.string().default('AuthStack <no-reply@localhost>'),
  AUTHSTACK_DNS_SERVERS: z.string().default(''),
  CREDENTIALS_DIRECTORY: z.string(),
})

let read: Env | undefined

/** The environment, parsed once. Throws one error that names every missing variable. */
export function readEnv(): Env {
  read ??= parseEnv(process.env)
  return read
}

/** @internal Exported for its tests. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = variables.safeParse(source)
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is incomplete. ${names.join('; ')}`)
  }
  const v = parsed.data
  const credentialOrNull = (name: string) => readIfThere(join(v.CREDENTIALS_DIRECTORY, name))
  return {
    project: v.AUTHSTACK_PROJECT,
    version: v.AUTHSTACK_VERSION,
    environment: v.AUTHSTACK_ENVIRONMENT,
    listen: parseListen(v.AUTHSTACK_LISTEN),
    operatorListen: v.AUTHSTACK_OPERATOR_LISTEN ? parseListen(v.AUTHSTACK_OPERATOR_LISTEN) : null,
    publicUrl: v.AUTHSTACK_PUBLIC_URL.replace(/\/+$/, ''),
    keycloakUrl: v.AUTHSTACK_KEYCLOAK_URL.replace(/\/+$/, ''),
    postgres: {
      host: v.AUTHSTACK_PG_HOST,
      port: v.AUTHSTACK_PG_PORT,
      superuserUrl: v.AUTHSTACK_PG_SUPERUSER_URL ?? null,
    },
    redisUrl: v.AUTHSTACK_REDIS_URL,
    smtpUrl: v.AUTHSTACK_SMTP_URL,
    mailFrom: v.AUTHSTACK_MAIL_FROM,
    dnsServers: v.AUTHSTACK_DNS_SERVERS.split(',').filter((server) => server !== ''),
    stripeApiUrl: v.AUTHSTACK_STRIPE_API_URL ?? null,
    credentialOrNull,
    secret(name) {
      const own = JSON.parse(credentialOrNull('secrets.json') ?? '{}') as Record<string, unknown>
      const value = Object.hasOwn(own, name) ? own[name] : null
      return typeof value === 'string' ? value : null
    },
    credential(name) {
      const value = credentialOrNull(name)
      if (value === null) throw new Error(`The credential "${name}" is missing`)
      return value
    },
  }
}

/** The 32-byte root of every derived secret of this instance. */
export function masterKey(env: Env): Buffer {
  const key = Buffer.from(env.credential('master-key'), 'base64url')
  if (key.length !== 32) throw new Error('The credential "master-key" is not 32 bytes of base64url')
  return key
}

/** The assertion keys: `current` signs, `next` is only announced until a rotation makes it current. */
export function assertionKeys(env: Env): AssertionKeys {
  return JSON.parse(env.credential('assertion-key')) as AssertionKeys
}

function parseListen(value: string): Listen {
  if (value.startsWith('unix:')) return { path: value.slice('unix:'.length) }
  const at = value.lastIndexOf(':')
  return { host: value.slice(0, at), port: Number(value.slice(at + 1)) }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
