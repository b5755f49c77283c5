import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { requireUserRow, userParams } from './find-user.ts'
import { modeQuery } from './mode-query.ts'
import { operatorUserShape, toOperatorUser } from './operator-user-view.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

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
