import { createHmac } from 'node:crypto'
import type { Mode } from '../db/mode.ts'

export const OPERATORS_REALM = 'operators'
/** Alias of the identity provider through which our own assertions are accepted. */
export const ASSERTION_PROVIDER = 'authstack'
/** Client whose tokens our API takes; its id is the audience. */
export const API_CLIENT = 'authstack-api'
/** The service account that acts inside one realm and nowhere else. */
export const ADMIN_CLIENT = 'authstack-admin'
/** Checks passwords in a hub; its tokens never leave this process. */
export const LOGIN_CLIENT = 'authstack-login'
/** The client of the customer's staff in realm `operators`. */
export const OPERATOR_CLIENT = 'authstack-cli'
/** The master client that can create realms, and nothing else. */
export const CREATOR_CLIENT = 'creator'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const REALM = new RegExp(`^(live|test)-(accounts|org-(${UUID}))$`)

/** The hub of a mode: credentials and links of every person. */
export const hubRealmName = (mode: Mode): string => `${mode}-accounts`

/** The realm of one organization, or the hub when there is none. */
export function realmName(mode: Mode, organizationId: string | null): string {
  return organizationId === null ? hubRealmName(mode) : `${mode}-org-${organizationId}`
}

/** What a realm's name says, or null when it is not one that access tokens come from. */
export function parseRealmName(
  realm: string,
): { mode: Mode; organizationId: string | null } | null {
  const parts = REALM.exec(realm)
  return parts && { mode: parts[1] as Mode, organizationId: parts[3] ?? null }
}

/** Client and audience of the customer's own backend; our API refuses it. */
export const appAudience = (project: string): string => `app:${project}`

/** Client secrets are derived, never stored: raising the generation rotates them. */
export function clientSecret(
  masterKey: Buffer,
  realm: string,
  clientId: string,
  generation = 1,
): string {
  return createHmac('sha256', masterKey)
    .update(`${realm}|${clientId}|${generation}`)
    .digest('base64url')
}
