import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { organizationShape, toOrganization } from '../organizations/organization-view.ts'
import { countActiveUser } from '../subscriptions/count-active-user.ts'
import { demandRecentRefresh } from './demand-recent-refresh.ts'
import { uuidInput } from './inputs.ts'
import { mintForSession } from './mint-for-session.ts'
import { demandScope } from './session-scope.ts'
import { mintOrExplain } from './start-session.ts'

export const switchOrganization = defineAction<UserContext>()({
  id: 'switchOrganization',
  summary: 'An access token for another of my organizations',
  problems: ['limit_reached', 'not_found', 'step_up_required'],
  body: z.strictObject({ organizationId: uuidInput }),
  output: z.object({
    accessToken: z.string(),
    expiresIn: z.number().int(),
    organization: organizationShape,
  }),
  async run(context, { body }) {
    const { services, mode, session } = context
    await demandRecentRefresh(context)
    // Before the membership: a session of one tenant must not learn where else the person belongs.
    demandScope(session.scope, body.organizationId)
    const membership = await findMembership(services, mode, context.userId, body.organizationId)
    // A stranger's organization and none at all are the same answer.
    if (!membership) throw new Problem('not_found')
    await countActiveUser(services, mode, context.userId, membership)
    const minted = await mintOrExplain(() => mintForSession(services, mode, session, membership))
    return { ...minted, organization: toOrganization(membership) }
  },
})
