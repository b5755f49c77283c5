import { z } from 'zod'
import { endSessionsOfUser } from '../auth/end-sessions.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireUserRow, userParams } from './find-user.ts'
import { modeQuery } from './mode-query.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

export const revokeUserSessions = defineAction<OperatorContext>()({
  id: 'operatorRevokeSessions',
  summary: 'Sign a person out everywhere, at once',
  params: userParams,
  query: modeQuery,
  output: z.object({ revoked: z.number().int() }),
  async run(context, { params }) {
    const { services, mode } = context
    const user = await requireUserRow(context, params.idOrEmail)
    const revoked = await endSessionsOfUser(
      services.db.hubQuery(mode),
      user.id,
      'revoked_by_operator',
    )
    await recordOperatorEvent(context, 'user.sessions_revoked', { revoked }, user.id)
    return { revoked }
  },
})
