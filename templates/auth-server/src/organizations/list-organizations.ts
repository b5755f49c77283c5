import { membershipsInScope } from '../auth/session-scope.ts'
import { onePage, pageQuery, pageShape } from '../db/page.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { listMemberships } from '../members/list-memberships.ts'
import { organizationShape, toOrganization } from './organization-view.ts'

/** The organizations of the signed-in person, the oldest first. */
export const listOrganizations = defineAction<UserContext>()({
  id: 'listOrganizations',
  summary: 'List my organizations',
  query: pageQuery,
  output: pageShape(organizationShape),
  async run(context, { query }) {
    const { services, mode, userId, session } = context
    const all = await listMemberships(services, mode, userId)
    const memberships = membershipsInScope(all, session.scope)
    return onePage(memberships.map(toOrganization), query, (organization) => organization.id)
  },
})
