import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instance, readInstance } from './instance.ts'

/** What the identity tests know beside the addresses; a test that lacks something is skipped. */
export interface IdentityInstance extends Instance {
  /** Origin in every issuer; the same as `api` behind the front. */
  publicUrl?: string
  liveKey?: string
  /** An origin on the list of `liveKey`. */
  app?: string
  origin?: string
  secretKey?: string
  /** Publishable key of the hosted pages; read from the login page when absent. */
  pagesKey?: string
  /** On the list of `redirectKey`, a native key; of `nativeKey` when that is absent. */
  redirectUri?: string
  redirectKey?: string
  keycloak?: string
  /** The instance's credentials folder, when the test runs on the same machine. */
  credentials?: string
  operatorSocket?: string
}

export const instance = readInstance() as IdentityInstance | null

export const publicUrl = (): string => instance?.publicUrl ?? String(instance?.api)

/** The payload of a token, unverified. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into claims of every shape.
export function claimsOf(token: string): any {
  return JSON.parse(Buffer.from(String(token.split('.')[1]), 'base64url').toString())
}

export function newPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** A password grant or client grant straight at Keycloak, as somebody on the machine could try. */
export async function keycloakGrant(
  realm: string,
  form: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(
    `${instance?.keycloak}/realms/${realm}/protocol/openid-connect/token`,
    { method: 'POST', body: new URLSearchParams(form) },
  )
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Admin REST as the realm's own service account, by the derived secret. */
export async function keycloakAdmin(
  realm: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const masterKey = Buffer.from(credential('master-key'), 'base64url')
  const secret = createHmac('sha256', masterKey)
    .update(`${realm}|authstack-admin|1`)
    .digest('base64url')
  const grant = await keycloakGrant(realm, {
    grant_type: 'client_credentials',
    client_id: 'authstack-admin',
    client_secret: secret,
  })
  const response = await fetch(`${instance?.keycloak}/admin/realms/${realm}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${grant.body.access_token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

export function credential(name: string): string {
  return readFileSync(join(String(instance?.credentials), name), 'utf8').trim()
}

/** Everything of a problem but its request id, which alone may differ between two equal answers. */
export function withoutRequestId(body: Record<string, unknown>): Record<string, unknown> {
  const { requestId: _id, ...rest } = body
  return rest
}
