import { z } from 'zod'
import { endSessionsOfUser } from '../auth/end-sessions.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireUserRow, userParams } from './find-user.ts'
import { modeQuery } from './mode-query.ts'
import { recordOperatorEvent } from './record-operator-event.ts'
import { operatorUserShape, toOperatorUser } from './users.ts'

export const verifyUser = defineAction<OperatorContext>()({
  id: 'operatorVerifyUser',
  summary: 'Vouch for the address of a person whose mail does not arrive',
  params: userParams,
  query: modeQuery,
  output: operatorUserShape,
  async run(context, { params }) {
    const { services, mode } = context
    const user = await requireUserRow(context, params.idOrEmail)
    await services.db.hub(mode, async (trx) => {
      await trx('users')
        .where({ id: user.id })
        .update({ email_verified_at: trx.raw('coalesce(email_verified_at, now())') })
      await services.keycloak.users.setEmail(mode, user.id, user.email, true)
    })
    await recordOperatorEvent(context, 'user.verified', {}, user.id)
    return toOperatorUser(await requireUserRow(context, user.id))
  },
})

export const unlockUser = defineAction<OperatorContext>()({
  id: 'operatorUnlockUser',
  summary: 'Forget the failed logins of a person',
  params: userParams,
  query: modeQuery,
  output: operatorUserShape,
  async run(context, { params }) {
    const { services, mode } = context
    const user = await requireUserRow(context, params.idOrEmail)
    await services.keycloak.users.unlock(mode, user.id)
    await services.limits.login.forget(`${mode}:${user.email}`)
    await recordOperatorEvent(context, 'user.unlocked', {}, user.id)
    return toOperatorUser(user)
  },
})

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
