import { endSessionsOfUser } from '../auth/end-sessions.ts'
import { recordHubEvent } from '../auth/record-hub-event.ts'
import { startHubSync, syncHubUserNow } from '../auth/sync-hub-user.ts'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import {
  backendUserShape,
  requireBackendUser,
  toBackendUser,
  userIdParams,
} from './backend-user.ts'

export const suspendBackendUser = defineAction<SecretContext>()({
  id: 'backendSuspendUser',
  summary: 'Suspend a person everywhere: signed out at once, and signs in nowhere',
  problems: ['conflict'],
  params: userIdParams,
  output: backendUserShape,
  run: (context, { params }) => changeState(context, params.userId, 'active', 'disabled'),
})

export const reactivateBackendUser = defineAction<SecretContext>()({
  id: 'backendReactivateUser',
  summary: 'Take a suspended person back',
  problems: ['conflict'],
  params: userIdParams,
  output: backendUserShape,
  run: (context, { params }) => changeState(context, params.userId, 'disabled', 'active'),
})

/** Doing it again changes nothing. A sign-up that is under way is nobody yet. */
async function changeState(
  context: SecretContext,
  userId: string,
  from: 'active' | 'disabled',
  to: 'active' | 'disabled',
) {
  const { services, mode } = context
  const user = await requireBackendUser(context, userId)
  if (user.state === 'pending') throw new Problem('conflict', { detail: 'A sign-up is under way.' })
  const sync = await services.db.hub(mode, async (trx) => {
    const changed = await trx('users')
      .where({ id: userId, state: from })
      .update({ state: to, updated_at: trx.fn.now() })
    if (changed === 0) return null
    // In the same transaction: a session that began in between would outlive the suspension.
    if (to === 'disabled') await endSessionsOfUser(trx, userId, 'revoked_by_operator')
    const action = to === 'disabled' ? 'user.suspended' : 'user.reactivated'
    await recordHubEvent(trx, context, action, userId)
    return startHubSync(trx, userId)
  })
  if (sync) await syncHubUserNow(services, mode, sync)
  return toBackendUser(await requireBackendUser(context, userId))
}
