import type { JWTPayload } from 'jose'
import type { Mode } from '../db/mode.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { Services } from '../services.ts'

/** What an action may say about its answer beside the body. */
export interface Reply {
  header(name: string, value: string): void
  /** Sets a cookie as a whole `Set-Cookie` value. */
  setCookie(cookie: string): void
  status(code: number): void
}

/** A request that nobody has vouched for. */
export interface PublicContext {
  services: Services
  requestId: string
  /** The caller's address, from the front's own X-Forwarded-For; never from a header of the caller. */
  ip: string
  userAgent: string | null
  header(name: string): string | null
  cookie(name: string): string | null
  reply: Reply
}

/** A request with a valid API key of `mode`. */
export interface KeyContext extends PublicContext {
  mode: Mode
  key: ApiKey
  /** The exact origin of the page, already checked against the key; null for native apps. */
  origin: string | null
  /** The backend that vouches for this request (`X-AuthStack-Secret` with scope `bff`), if any. */
  backend: ApiKey | null
}

/** The session behind an access token, alive at this request. */
export interface LiveSession {
  id: string
  userId: string
  /** `hub`: the person proved hub credentials. `org:<id>`: came through that organization's SSO. */
  scope: string
  amr: string[]
  authTime: Date
  keyId: string
  expiresAt: Date
}

/** A request of a signed-in person. */
export interface UserContext extends KeyContext {
  userId: string
  session: LiveSession
  /** Organization of the access token; null for a hub token. */
  tokenOrganizationId: string | null
  claims: JWTPayload
}

/** A machine of an organization, by a key of its own. */
export interface Machine {
  /** Of the key. */
  id: string
  name: string
}

/** A request for an organization, by a member or by one of its machines. */
export interface TenantContext extends PublicContext {
  mode: Mode
  /** What requests are counted and repeated by: the app's key, or the machine's own. */
  key: { id: string }
  /** The member; null when a machine asks. */
  userId: string | null
  machine: Machine | null
  organizationId: string
  organization: { id: string; slug: string; name: string; logoUrl: string | null; plan: string }
  permissions: string[]
}

/** A request of a member of `organizationId`; roles and permissions are PostgreSQL's, not the token's. */
export interface MemberContext extends UserContext {
  machine: null
  organizationId: string
  organization: { id: string; slug: string; name: string; logoUrl: string | null; plan: string }
  role: { id: string; slug: string; name: string }
  permissions: string[]
}

/** A request of a server with a secret key that has the route's scope. */
export interface SecretContext extends PublicContext {
  mode: Mode
  key: ApiKey
}

/** A request on the operator socket by a member of the customer's own staff. */
export interface OperatorContext extends PublicContext {
  mode: Mode
  operator: { id: string; name: string }
}
