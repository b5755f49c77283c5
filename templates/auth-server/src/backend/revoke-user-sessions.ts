import { z } from 'zod'
import { endSessionsOfUser } from '../auth/end-sessions.ts'
import { recordHubEvent } from '../auth/record-hub-event.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireBackendUser, userIdParams } from './backend-user.ts'

export const revokeBackendUserSessions = defineAction<SecretContext>()({
  id: 'backendRevokeUserSessions',
  summary: 'Sign a person out everywhere, at once',
  params: userIdParams,
  output: z.object({ revoked: z.number().int() }),
  async run(context, { params }) {
    const { services, mode } = context
    await requireBackendUser(context, params.userId)
    const revoked = await services.db.hub(mode, async (trx) => {
      const ended = await endSessionsOfUser(trx, params.userId, 'revoked_by_operator')
      await recordHubEvent(trx, context, 'user.sessions_revoked', params.userId, { ended })
      return ended
    })
    return { revoked }
  },
})
