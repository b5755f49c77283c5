import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import type { AssertionSigner } from './assertion.ts'
import { ACCESS_TOKEN_SECONDS } from './desired.ts'
import { clientSecret, parseRealmName, realmName } from './names.ts'
import type { RealmKeys } from './realm-keys.ts'
import { KeycloakRefusal, postForm } from './request.ts'

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const PERMISSIONS_MAX = 64
const PERMISSION_LENGTH_MAX = 48

/** What the assertion says; the claim mapper in Keycloak copies exactly these into the token. */
export interface MintClaims {
  sessionId: string
  amr: string[]
  /** Seconds since 1970 at which the person proved who they are. */
  authTime: number
  organization?: { id: string; slug: string; roles: string[]; permissions: string[] } | null
}

export interface MintRequest {
  /** Null: a token of the hub realm, before any organization is chosen. */
  organizationId: string | null
  userId: string
  /** `authstack-api` for our own API, `app:<project>` for the customer's backend. */
  audience: string
  claims: MintClaims
}

export interface Tokens {
  /**
   * Has the realm mint an access token by the JWT Authorization Grant.
   *
   * @throws KeycloakRefusal when the realm does not know the person or has switched them off
   * @throws Problem `unavailable` when Keycloak is away
   */
  mint(
    mode: Mode,
    request: MintRequest,
    hub?: Knex,
  ): Promise<{ accessToken: string; expiresIn: number }>
  /** What a token claims to be, unverified; null when it could not be one of this mode's. */
  peek(
    mode: Mode,
    token: string,
  ): { userId: string; sessionId: string; organizationId: string | null } | null
  /** The claims of a token that its realm signed for `audience` and that has not expired; else null. */
  verify(mode: Mode, token: string, audience: string): Promise<JWTPayload | null>
}

interface TokensOptions {
  keycloakUrl: string
  publicUrl: string
  masterKey: Buffer
  signer: AssertionSigner
  realmKeys: RealmKeys
  /** Remembers an assertion as used, for good; throws when it was used before. */
  burn(mode: Mode, jti: string, expiresAt: Date, hub?: Knex): Promise<void>
  /** Gives a realm the current assertion key, after a rotation. */
  repairProvider(realm: string): Promise<void>
}

export function openTokens(options: TokensOptions): Tokens {
  const issuerOf = (realm: string) => `${options.publicUrl}/realms/${realm}`

  async function trade(mode: Mode, request: MintRequest, hub?: Knex) {
    const realm = realmName(mode, request.organizationId)
    const { assertion, jti, expiresAt } = await options.signer.sign(
      issuerOf(realm),
      request.userId,
      assertionClaims(mode, request.claims),
    )
    // Keycloak forgets used assertions when it restarts; this row does not.
    await options.burn(mode, jti, expiresAt, hub)
    return postForm(`${options.keycloakUrl}/realms/${realm}/protocol/openid-connect/token`, {
      grant_type: JWT_BEARER,
      client_id: request.audience,
      client_secret: clientSecret(options.masterKey, realm, request.audience),
      assertion,
    })
  }

  function peek(mode: Mode, token: string) {
    const claims = decode(token)
    const realm = realmOf(options.publicUrl, claims?.iss)
    if (!claims || !realm || realm.mode !== mode) return null
    const { sub, as_sid: sessionId, org_id: organizationId = null } = claims
    if (typeof sub !== 'string' || typeof sessionId !== 'string') return null
    // The realm decides the organization; a claim that says otherwise is a forgery or a fault.
    if (organizationId !== realm.organizationId) return null
    return { userId: sub, sessionId, organizationId: realm.organizationId, realm: realm.name }
  }

  return {
    peek,
    async mint(mode, request, hub) {
      let answer: Record<string, unknown>
      try {
        answer = await trade(mode, request, hub)
      } catch (error) {
        if (!isUnknownKey(error)) throw error
        await options.repairProvider(realmName(mode, request.organizationId))
        answer = await trade(mode, request, hub)
      }
      return {
        accessToken: String(answer.access_token),
        expiresIn: Number(answer.expires_in ?? ACCESS_TOKEN_SECONDS),
      }
    },
    async verify(mode, token, audience) {
      const claimed = peek(mode, token)
      if (!claimed) return null
      const check = async (set: Awaited<ReturnType<RealmKeys['set']>>) => {
        if (!set) return null
        const { payload } = await jwtVerify(token, set, {
          algorithms: ['ES256'],
          issuer: issuerOf(claimed.realm),
          audience,
          clockTolerance: 5,
          requiredClaims: ['exp', 'sub', 'as_sid'],
        })
        // One audience only: a token for the customer's backend must not open this API as well.
        return payload.aud === audience && payload.mode === mode ? payload : null
      }
      try {
        return await check(await options.realmKeys.set(claimed.realm))
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error
        if (!(error instanceof errors.JWKSNoMatchingKey)) return null
      }
      try {
        return await check(await options.realmKeys.refresh(claimed.realm))
      } catch (error) {
        if (error instanceof errors.JOSEError) return null
        throw error
      }
    },
  }
}

/** @internal Exported for its tests. */
export function assertionClaims(mode: Mode, claims: MintClaims): Record<string, unknown> {
  const { organization } = claims
  return {
    as_sid: claims.sessionId,
    amr: claims.amr,
    auth_time: claims.authTime,
    mode,
    ...(organization
      ? {
          org_id: organization.id,
          org_slug: organization.slug,
          roles: organization.roles,
          ...permissionClaim(organization.permissions),
        }
      : {}),
  }
}

/** A token stays small enough for a header; too many permissions are asked for instead of carried. */
function permissionClaim(permissions: string[]): Record<string, unknown> {
  const fits =
    permissions.length <= PERMISSIONS_MAX &&
    permissions.every((name) => name.length <= PERMISSION_LENGTH_MAX)
  return fits ? { permissions } : { permissions_omitted: true }
}

function decode(token: string): JWTPayload | null {
  try {
    return decodeJwt(token)
  } catch {
    return null
  }
}

function realmOf(publicUrl: string, issuer: string | undefined) {
  const prefix = `${publicUrl}/realms/`
  if (!issuer?.startsWith(prefix)) return null
  const name = issuer.slice(prefix.length)
  const parsed = parseRealmName(name)
  return parsed && { ...parsed, name }
}

/** The realm still has the key from before a rotation, or the issuer from before a move. */
function isUnknownKey(error: unknown): boolean {
  return (
    error instanceof KeycloakRefusal &&
    /signature|public key|kid|identity provider/i.test(error.description)
  )
}
