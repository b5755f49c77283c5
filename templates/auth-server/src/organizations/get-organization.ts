import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { organizationShape, toOrganization } from './organization-view.ts'

/** One organization, as the signed-in member sees it. */
export const getOrganization = defineAction<MemberContext>()({
  id: 'getOrganization',
  summary: 'Get an organization',
  params: z.object({ orgId: z.uuid() }),
  output: organizationShape,
  run: showOrganization,
})

/** @internal What `get` and `update` answer with. */
export async function showOrganization({ services, mode, userId, organizationId }: MemberContext) {
  const membership = await findMembership(services, mode, userId, organizationId)
  if (!membership) throw new Problem('not_found')
  return toOrganization(membership)
}
