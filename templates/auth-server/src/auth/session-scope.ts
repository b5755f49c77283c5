import { Problem } from '../errors.ts'
import type { Membership } from '../members/membership.ts'

/**
 * What a session may speak for. `hub`: the person proved credentials of their own, and may go
 * anywhere. `org:<id>`: they came through that organization's SSO, whose administrator can assert
 * anybody's address; such a session is worth that organization and nothing beyond it.
 */
export type SessionScope = string

export const HUB_SCOPE: SessionScope = 'hub'

/** The only organization of an `org:` session; null for a hub session. */
export function scopedOrganization(scope: SessionScope): string | null {
  return scope.startsWith('org:') ? scope.slice('org:'.length) : null
}

/** Whether a token for the organization (or for none: null) may come from such a session. */
export function isInScope(scope: SessionScope, organizationId: string | null): boolean {
  return scope === HUB_SCOPE || scope === `org:${organizationId}`
}

/** @throws Problem `step_up_required` when the session may not go there without hub credentials */
export function demandScope(scope: SessionScope, organizationId: string | null): void {
  if (!isInScope(scope, organizationId)) throw hubCredentialsRequired()
}

/** The memberships that the session may know of: one tenant must not learn of a person's others. */
export function membershipsInScope(memberships: Membership[], scope: SessionScope): Membership[] {
  return memberships.filter(({ organization }) => isInScope(scope, organization.id))
}

export function hubCredentialsRequired(): Problem {
  return new Problem('step_up_required', {
    detail: 'Sign in with your own credentials to do this.',
    extra: { methods: ['password'] },
  })
}
