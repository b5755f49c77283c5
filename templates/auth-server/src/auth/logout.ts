import { z } from 'zod'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { endSession } from './end-sessions.ts'
import { findLiveSession } from './find-live-session.ts'
import { findRefreshToken } from './find-refresh-token.ts'
import { tokenInput } from './inputs.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { clearRefreshCookie, refreshCookieName } from './refresh-cookie.ts'

export const logout = defineAction<KeyContext>()({
  id: 'logout',
  summary: 'End the session, and the hosted-pages session that it came from',
  body: z.strictObject({ refreshToken: tokenInput.optional() }),
  output: null,
  async run(context, { body }) {
    const sessionId =
      (await fromRefreshToken(context, body.refreshToken)) ?? (await fromBearer(context))
    clearRefreshCookie(context)
    // Signing out twice, or with a session that is gone, is no fault: the wish is fulfilled.
    if (sessionId) await endWithParent(context, sessionId)
  },
})

async function endWithParent(context: KeyContext, sessionId: string): Promise<void> {
  await context.services.db.hub(context.mode, async (trx) => {
    const session = await trx('sessions').where({ id: sessionId }).first('user_id', 'parent_id')
    await endSession(trx, sessionId, 'logout')
    // Otherwise "Sign in" would let the next person at this computer straight back in.
    if (session?.parent_id) await endSession(trx, session.parent_id, 'logout')
    await recordHubEvent(trx, context, 'session.ended', session?.user_id ?? null, { sessionId })
  })
}

async function fromRefreshToken(
  context: KeyContext,
  fromBody: string | undefined,
): Promise<string | null> {
  const token = context.cookie(refreshCookieName(context)) ?? fromBody
  if (!token) return null
  const row = await findRefreshToken(context.services.db.hubQuery(context.mode), token)
  return row && row.keyId === context.key.id ? row.sessionId : null
}

async function fromBearer(context: KeyContext): Promise<string | null> {
  const { services, mode } = context
  const token = /^Bearer (\S{1,8192})$/i.exec(context.header('authorization') ?? '')?.[1]
  const claimed = token && services.keycloak.tokens.peek(mode, token)
  if (!claimed) return null
  const session = await findLiveSession(services.db, mode, claimed.sessionId)
  if (!session || !(await services.keycloak.tokens.verify(mode, token, 'authstack-api')))
    return null
  return session.id
}
