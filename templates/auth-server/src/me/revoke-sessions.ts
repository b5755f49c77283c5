import { z } from 'zod'
import { recordHubEvent } from '../auth/record-hub-event.ts'
import { clearRefreshCookie } from '../auth/refresh-cookie.ts'
import { HUB_SCOPE } from '../auth/session-scope.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

/** Ends all sessions of the person but the one that asks; with `current=true` that one too. */
export const revokeSessions = defineAction<UserContext>()({
  id: 'revokeSessions',
  summary: 'End my other sessions, or all of them',
  query: z.strictObject({ current: z.enum(['true', 'false']).default('false') }),
  output: null,
  async run(context, { query }) {
    const { services, mode, userId, session } = context
    const isCurrentToo = query.current === 'true'
    await services.db.hub(mode, async (trx) => {
      const ended = await trx('sessions')
        .where('user_id', userId)
        .whereNull('revoked_at')
        .modify((sessions) => {
          // A session of one organization's SSO has no say over the person's others.
          if (session.scope !== HUB_SCOPE) sessions.where('scope', session.scope)
          if (!isCurrentToo) sessions.whereNot('id', session.id)
        })
        .update({ revoked_at: trx.fn.now(), revoked_reason: 'revoked_by_user' })
      await recordHubEvent(trx, context, 'session.ended', userId, { sessions: ended })
    })
    if (isCurrentToo) clearRefreshCookie(context)
  },
})
