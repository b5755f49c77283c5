import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import type { Membership } from '../members/membership.ts'
import { noteUse } from '../organizations/note-use.ts'
import type { Services } from '../services.ts'
import { demandScope, type SessionScope } from './session-scope.ts'

export interface SessionFacts {
  id: string
  userId: string
  scope: SessionScope
  amr: string[]
  authTime: Date
}

/**
 * An access token for a session, minted by the realm of the organization (or by the hub). Every token
 * of a session comes from here, so an `org:` session cannot get one for elsewhere on any road.
 *
 * @param hub the connection to remember the assertion on; inside a transaction it must be that one,
 *   or many at once would each hold a connection and wait for a second
 * @throws Problem `step_up_required` when the session's scope does not reach there
 */
export async function mintForSession(
  services: Pick<Services, 'keycloak' | 'db' | 'log'>,
  mode: Mode,
  session: SessionFacts,
  membership: Membership | null,
  audience = 'authstack-api',
  hub?: Knex,
): Promise<{ accessToken: string; expiresIn: number }> {
  demandScope(session.scope, membership?.organization.id ?? null)
  if (membership) noteUse(services, mode, membership.organization.id)
  return services.keycloak.tokens.mint(
    mode,
    {
      organizationId: membership?.organization.id ?? null,
      userId: session.userId,
      audience,
      claims: {
        sessionId: session.id,
        amr: session.amr,
        authTime: Math.floor(session.authTime.getTime() / 1000),
        organization: membership && {
          id: membership.organization.id,
          slug: membership.organization.slug,
          roles: [membership.role.slug],
          permissions: membership.permissions,
        },
      },
    },
    hub,
  )
}
