import type { OperatorClient } from '../operator/operator-client.ts'

export type KeyKind = 'browser' | 'native' | 'secret'
export type SessionDelivery = 'cookie' | 'bff' | 'body'

/** An API key as the operator routes show it. */
export type ApiKey = {
  id: string
  kind: KeyKind
  mode: 'live' | 'test'
  name: string
  /** Publishable kinds always; a secret key only in the answer that made it. */
  key: string | null
  origins: string[]
  redirectUris: string[]
  sessionDelivery: SessionDelivery | null
  scopes: string[]
  createdAt: string
  expiresAt: string | null
  revokedAt: string | null
}

export type NewKey = {
  kind: KeyKind
  name: string
  origins?: string[]
  redirectUris?: string[]
  sessionDelivery?: SessionDelivery
  scopes?: string[]
}

export type List<T> = { data: T[]; page: { nextCursor: string | null; hasMore: boolean } }

export function listKeys(operator: OperatorClient): Promise<List<ApiKey>> {
  return operator.call({ method: 'GET', path: '/keys' })
}

export function createKey(operator: OperatorClient, body: NewKey): Promise<ApiKey> {
  return operator.call({ method: 'POST', path: '/keys', body })
}

export function patchKey(
  operator: OperatorClient,
  id: string,
  body: { origins?: string[]; redirectUris?: string[]; name?: string },
): Promise<ApiKey> {
  return operator.call({ method: 'PATCH', path: keyPath(id), body, subject: `key "${id}"` })
}

/** A new key in place of another, which goes on working for `overlapMinutes`. */
export function rotateKey(
  operator: OperatorClient,
  id: string,
  overlapMinutes: number,
): Promise<ApiKey> {
  const path = `${keyPath(id)}/rotate`
  return operator.call({ method: 'POST', path, body: { overlapMinutes }, subject: `key "${id}"` })
}

/** The key stops working at once and for good. */
export function revokeKey(operator: OperatorClient, id: string): Promise<ApiKey | null> {
  return operator.call({ method: 'POST', path: `${keyPath(id)}/revoke`, subject: `key "${id}"` })
}

function keyPath(id: string): string {
  return `/keys/${encodeURIComponent(id)}`
}
