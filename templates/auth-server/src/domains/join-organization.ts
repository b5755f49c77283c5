import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { organizationShape, toOrganization } from '../organizations/organization-view.ts'
import { findJoinable } from './find-joinable.ts'
import { joinOne } from './join-by-domain.ts'

/** Joins an organization that the person's proved address lets them into; else the masked 404. */
export const joinOrganization = defineAction<UserContext>()({
  id: 'joinOrganization',
  summary: 'Join an organization by the domain of my address',
  problems: ['limit_reached'],
  params: z.object({ orgId: z.uuid() }),
  output: organizationShape,
  async run(context, { params }) {
    const { services, mode, userId } = context
    const joinable = (await findJoinable(services, mode, userId)).find(
      ({ organization }) => organization.id === params.orgId,
    )
    if (!joinable) throw new Problem('not_found')
    await joinOne(services, mode, joinable, context)
    const membership = await findMembership(services, mode, userId, params.orgId)
    if (!membership) throw new Problem('not_found')
    return toOrganization(membership)
  },
})
