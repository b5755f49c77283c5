import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { KeycloakRefusal } from '../keycloak/request.ts'
import { countActiveUser } from '../subscriptions/count-active-user.ts'
import { mintForSession } from './mint-for-session.ts'
import { newOpaqueToken } from './opaque-token.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { deliverRefreshToken } from './refresh-cookie.ts'
import { type People, type SessionAnswer, toSessionAnswer } from './session-answer.ts'
import { HUB_SCOPE, type SessionScope } from './session-scope.ts'

const DAY_MILLISECONDS = 24 * 60 * 60_000

interface Start {
  people: People
  amr: string[]
  authTime: Date
  /** The hosted pages' session that this one came from; it ends with it. */
  parentId?: string | null
  /** What the proof was good for; that of the parent when there is one. */
  scope?: SessionScope
  /** `users.password_version` from before the password was checked, when it was one. */
  passwordVersion?: number
}

/**
 * Opens a session for a person who has just proved who they are. The token is minted first: with
 * Keycloak away nothing is left behind. A token whose session was never stored opens nothing.
 */
export async function startSession(context: KeyContext, start: Start): Promise<SessionAnswer> {
  const { services, mode, key } = context
  const { people, amr, authTime, scope = HUB_SCOPE } = start
  if (people.chosen) await countActiveUser(services, mode, people.user.id, people.chosen)
  const session = { id: randomUUID(), userId: people.user.id, scope, amr, authTime }
  const minted = await mintOrExplain(() => mintForSession(services, mode, session, people.chosen))
  const refresh = newOpaqueToken()
  const expiresAt = new Date(Date.now() + lifeDays(context) * DAY_MILLISECONDS)
  await services.db.hub(mode, async (trx) => {
    await refuseOvertaken(trx, start)
    await trx('sessions').insert({
      id: session.id,
      user_id: session.userId,
      key_id: key.id,
      scope,
      parent_id: start.parentId ?? null,
      amr,
      auth_time: authTime,
      ip: context.ip,
      user_agent: context.userAgent,
      expires_at: expiresAt,
    })
    await trx('refresh_tokens').insert({ session_id: session.id, token_hash: refresh.hash })
    // A sign-in with a password is recorded as such by its own action.
    if (start.passwordVersion === undefined) {
      await recordHubEvent(trx, context, 'session.started', session.userId, {
        sessionId: session.id,
        amr,
      })
    }
  })
  const refreshToken = deliverRefreshToken(context, refresh.token, expiresAt)
  return toSessionAnswer(people, { ...minted, ...(refreshToken ? { refreshToken } : {}) })
}

/**
 * Between the proof and this moment a reset may have changed the password and ended every session.
 * This one would be born after that and live on, in the hands of whoever the reset was against. The
 * person's row is locked: a reset that is under way is waited for, a later one finds this session.
 */
async function refuseOvertaken(trx: Knex.Transaction, start: Start): Promise<void> {
  const user = await trx('users')
    .where({ id: start.people.user.id, state: 'active' })
    .forShare()
    .first('password_version')
  const { passwordVersion = user?.password_version, parentId } = start
  if (user?.password_version !== passwordVersion || !user) throw wrongPassword()
  if (!parentId) return
  const parent = await trx('sessions').where({ id: parentId }).whereNull('revoked_at').first('id')
  if (!parent) throw new Problem('code_invalid', { detail: 'This sign-in has ended meanwhile.' })
}

/** One answer for unknown, wrong, locked, switched off and overtaken. */
export function wrongPassword(): Problem {
  return new Problem('invalid_credentials', { detail: 'The email or the password is wrong.' })
}

/** A refresh token that a page can read lives a day, whatever the settings say. */
function lifeDays({ key, services }: KeyContext): number {
  const { refreshDays } = services.settings.session
  return key.kind === 'browser' && key.sessionDelivery === 'body'
    ? Math.min(1, refreshDays)
    : refreshDays
}

/** A realm that refuses the person (shadow removed or off) is no different from one not to be seen. */
export async function mintOrExplain<T>(mint: () => Promise<T>): Promise<T> {
  try {
    return await mint()
  } catch (error) {
    if (error instanceof KeycloakRefusal && error.error === 'invalid_grant') {
      throw new Problem('not_found', { cause: error })
    }
    throw error
  }
}
