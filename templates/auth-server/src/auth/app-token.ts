import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { countActiveUser } from '../subscriptions/count-active-user.ts'
import { demandRecentRefresh } from './demand-recent-refresh.ts'
import { uuidInput } from './inputs.ts'
import { mintForSession } from './mint-for-session.ts'
import { demandScope } from './session-scope.ts'
import { mintOrExplain } from './start-session.ts'

export const appToken = defineAction<UserContext>()({
  id: 'appToken',
  summary: 'A token for the backend of the app; this API refuses it',
  problems: ['limit_reached', 'not_found', 'step_up_required'],
  body: z.strictObject({ organizationId: uuidInput.optional() }),
  output: z.object({ accessToken: z.string(), expiresIn: z.number().int() }),
  async run(context, { body }) {
    const { services, mode, session } = context
    await demandRecentRefresh(context)
    const organizationId = body.organizationId ?? context.tokenOrganizationId
    demandScope(session.scope, organizationId)
    const membership =
      organizationId && (await findMembership(services, mode, context.userId, organizationId))
    if (organizationId && !membership) throw new Problem('not_found')
    if (membership) await countActiveUser(services, mode, context.userId, membership)
    // Another audience: a backend that logs its bearers must not thereby leak the means to act here.
    return mintOrExplain(() =>
      mintForSession(services, mode, session, membership || null, services.keycloak.appAudience),
    )
  },
})
