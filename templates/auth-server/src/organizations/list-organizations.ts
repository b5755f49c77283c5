import { z } from 'zod'
import { isInScope, membershipsInScope } from '../auth/session-scope.ts'
import { onePage, pageQuery, pageShape } from '../db/page.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { listMemberships } from '../members/list-memberships.ts'
import { type MembershipRow, membershipColumns, toMembership } from '../members/membership.ts'
import { organizationShape, toOrganization } from './organization-view.ts'

/**
 * The organizations of the signed-in person, the oldest first; with `status=deleted` those that the
 * person owned when they were deleted and can still bring back.
 */
export const listOrganizations = defineAction<UserContext>()({
  id: 'listOrganizations',
  summary: 'List my organizations',
  query: pageQuery.extend({ status: z.enum(['active', 'deleted']).default('active') }),
  output: pageShape(organizationShape),
  async run(context, { query }) {
    const list = query.status === 'active' ? await listActive(context) : await listDeleted(context)
    return onePage(list, query, (organization) => organization.id)
  },
})

async function listActive({ services, mode, userId, session }: UserContext) {
  const all = await listMemberships(services, mode, userId)
  return membershipsInScope(all, session.scope).map((membership) => toOrganization(membership))
}

async function listDeleted({ services, mode, userId, session }: UserContext) {
  const { rows } = (await services.db
    .hubQuery(mode)
    .raw(`select ${membershipColumns}, purge_after from definer.restorable_organizations(?)`, [
      userId,
    ])) as { rows: (MembershipRow & { purge_after: Date })[] }
  return rows
    .filter((row) => isInScope(session.scope, row.organization_id))
    .map((row) => toOrganization(toMembership(services.settings, row), row.purge_after))
}
