import { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import { listMemberships } from '../members/list-memberships.ts'
import type { Membership } from '../members/membership.ts'
import {
  organizationRefShape,
  organizationShape,
  toOrganization,
  toOrganizationRef,
} from '../organizations/organization-view.ts'
import type { Services } from '../services.ts'
import { HUB_SCOPE, membershipsInScope, type SessionScope } from './session-scope.ts'
import { toUser, type UserRow, userSchema } from './user-view.ts'

/** What every sign-in and refresh answers. `refreshToken` is absent when a cookie carries it. */
export const sessionAnswer = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  /** Seconds until the access token ends. */
  expiresIn: z.number().int(),
  user: userSchema,
  organizations: z.array(organizationRefShape),
  organization: organizationShape.nullable(),
})

export type SessionAnswer = z.input<typeof sessionAnswer>

export interface People {
  user: UserRow
  memberships: Membership[]
  /** The organization to speak for, when one was asked for and the person is in it. */
  chosen: Membership | null
}

/** Everything about a person that a session answer tells. */
export async function readPeople(
  services: Services,
  mode: Mode,
  user: UserRow,
  organizationId: string | null | undefined,
  scope: SessionScope = HUB_SCOPE,
): Promise<People> {
  const memberships = membershipsInScope(await listMemberships(services, mode, user.id), scope)
  const chosen = memberships.find((m) => m.organization.id === organizationId) ?? null
  return { user, memberships, chosen }
}

export function toSessionAnswer(
  people: People,
  token: { accessToken: string; expiresIn: number; refreshToken?: string },
): SessionAnswer {
  return {
    ...token,
    user: toUser(people.user),
    organizations: people.memberships.map(toOrganizationRef),
    organization: people.chosen && toOrganization(people.chosen),
  }
}
