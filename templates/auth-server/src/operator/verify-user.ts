import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireUserRow, userParams } from './find-user.ts'
import { modeQuery } from './mode-query.ts'
import { operatorUserShape, toOperatorUser } from './operator-user-view.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

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
