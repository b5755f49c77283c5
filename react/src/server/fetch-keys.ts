import type { JWK } from 'jose'
import { VerificationError } from './verification-error.ts'

const TIMEOUT_MS = 5_000

/**
 * The signing keys of one organization's realm, or `null` when it does not exist. The address is
 * ours alone: no `jku`, `x5u` or issuer URL of a token is ever fetched.
 */
export async function fetchKeys(
  endpoint: string,
  organizationId: string,
  fetch: typeof globalThis.fetch,
): Promise<JWK[] | null> {
  const response = await reach(`${endpoint}/api/v1/issuers/${organizationId}/jwks.json`, fetch)
  if (response.status === 404) return null
  if (!response.ok) throw unavailable(`keys answered HTTP ${response.status}`)
  const body = (await response.json().catch(() => null)) as { keys?: JWK[] } | null
  if (!Array.isArray(body?.keys)) throw unavailable('keys answered something else')
  return body.keys.filter(isSigningKey)
}

function isSigningKey(key: JWK): boolean {
  return key.kty === 'EC' && key.crv === 'P-256' && (key.use === undefined || key.use === 'sig')
}

async function reach(url: string, fetch: typeof globalThis.fetch): Promise<Response> {
  try {
    // A redirect could lead to another host's keys.
    return await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (cause) {
    throw unavailable('keys could not be read', cause)
  }
}

function unavailable(message: string, cause?: unknown): VerificationError {
  return new VerificationError('unavailable', 503, message, cause)
}
