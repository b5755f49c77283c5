import { z } from 'zod'
import { endSession } from '../auth/end-sessions.ts'
import { recordHubEvent } from '../auth/record-hub-event.ts'
import { isInScope, scopedOrganization } from '../auth/session-scope.ts'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** Ends one of the person's own sessions; somebody else's is not found. */
export const revokeSession = defineAction<UserContext>()({
  id: 'revokeSession',
  summary: 'End one of my sessions',
  params: z.object({ sessionId: z.uuid() }),
  output: null,
  async run(context, { params }) {
    const { services, mode, userId, session } = context
    await services.db.hub(mode, async (trx) => {
      const own = await trx('sessions')
        .where({ id: params.sessionId, user_id: userId })
        .whereNull('revoked_at')
        .first('id', 'scope')
      if (!own || !isInScope(session.scope, scopedOrganization(own.scope)))
        throw new Problem('not_found')
      await endSession(trx, own.id, 'revoked_by_user')
      await recordHubEvent(trx, context, 'session.ended', userId, { sessionId: own.id })
    })
  },
})
