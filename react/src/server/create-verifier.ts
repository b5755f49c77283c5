import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import { introspect } from './introspect.ts'
import { createKeyCache } from './key-cache.ts'
import { parseIssuer } from './parse-issuer.ts'
import { invalid, VerificationError } from './verification-error.ts'

/** Clocks of two machines may differ by this much. */
const SKEW_SECONDS = 10

export interface VerifierOptions {
  /** Address of the instance, e.g. `https://auth.example.com`. */
  endpoint: string
  mode: 'live' | 'test'
  /** `app:<project>`, the audience of the SDK's `getToken()`. */
  audience: string
  /** The instance's public address when `endpoint` is an inner one. Default: `endpoint`. */
  publicUrl?: string
  /** `authstack_sec_…`; needed for `{ fresh: true }` only. */
  secretKey?: string
  fetch?: typeof globalThis.fetch
}

/** Who sent a request, as its token proves. */
export interface Auth {
  userId: string
  organizationId: string
  organizationSlug: string
  /** Slugs. */
  roles: string[]
  permissions: string[]
  /** True when they were too many for a token: then ask the instance, `permissions` is empty. */
  permissionsOmitted: boolean
  sessionId: string | null
  /** Every claim of the token. */
  claims: JWTPayload
}

export interface Verifier {
  /**
   * Checks a token offline (stale by up to 300 s); `fresh` also asks the instance whether the
   * session still lives. Rejects with a `VerificationError`.
   */
  verify(token: string, options?: { fresh?: boolean }): Promise<Auth>
}

/** Makes a verifier; keep one per process, it caches keys. */
export function createVerifier(options: VerifierOptions): Verifier {
  const endpoint = options.endpoint.replace(/\/+$/, '')
  const publicUrl = (options.publicUrl ?? endpoint).replace(/\/+$/, '')
  const fetch = options.fetch ?? globalThis.fetch
  const cache = createKeyCache({ endpoint, fetch })
  return {
    async verify(token, { fresh = false } = {}) {
      const { iss, kid } = readUnverified(token)
      const organizationId = parseIssuer(iss, publicUrl, options.mode)
      const key = await importJWK(await cache.find(organizationId, kid), 'ES256')
      const claims = await check(token, key, String(iss), options.audience)
      const auth = read(claims, organizationId, options.mode)
      if (fresh) await introspect({ endpoint, secretKey: options.secretKey, fetch, token })
      return auth
    },
  }
}

/** Only to choose the key; nothing read here is trusted before the signature is. */
function readUnverified(token: string): { iss: unknown; kid: string } {
  try {
    const { alg, kid } = decodeProtectedHeader(token)
    // Pinned: `none` has no signature, and HS256 would take a public key for a shared secret.
    if (alg !== 'ES256') throw invalid('not an ES256 token')
    if (typeof kid !== 'string') throw invalid('no key id')
    return { iss: decodeJwt(token).iss, kid }
  } catch (cause) {
    throw cause instanceof VerificationError ? cause : invalid('not a JWT', cause)
  }
}

async function check(
  token: string,
  key: Parameters<typeof jwtVerify>[1],
  issuer: string,
  audience: string,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['ES256'],
      issuer,
      audience,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['exp', 'sub', 'org_id', 'mode'],
    })
    return payload
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw new VerificationError('token_expired', 401, 'token has expired', cause)
    }
    throw invalid('token was refused', cause)
  }
}

function read(claims: JWTPayload, organizationId: string, mode: string): Auth {
  // A realm that signs for an organization other than its own must not be believed.
  if (claims.org_id !== organizationId) throw invalid('org_id is not the issuer’s organization')
  if (claims.mode !== mode) throw invalid(`token is not of ${mode} mode`)
  return {
    userId: String(claims.sub),
    organizationId,
    organizationSlug: String(claims.org_slug ?? ''),
    roles: strings(claims.roles),
    permissions: strings(claims.permissions),
    permissionsOmitted: claims.permissions_omitted === true,
    sessionId: typeof claims.as_sid === 'string' ? claims.as_sid : null,
    claims,
  }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
