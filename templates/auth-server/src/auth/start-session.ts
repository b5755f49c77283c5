import { randomUUID } from 'node:crypto'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { KeycloakRefusal } from '../keycloak/request.ts'
import { mintForSession } from './mint-for-session.ts'
import { newOpaqueToken } from './opaque-token.ts'
import { deliverRefreshToken } from './refresh-cookie.ts'
import { type People, type SessionAnswer, toSessionAnswer } from './session-answer.ts'

const DAY_MILLISECONDS = 24 * 60 * 60_000

interface Start {
  people: People
  amr: string[]
  authTime: Date
  /** The hosted pages' session that this one came from; it ends with it. */
  parentId?: string | null
}

/**
 * Opens a session for a person who has just proved who they are. The token is minted first: with
 * Keycloak away nothing is left behind. A token whose session was never stored opens nothing.
 */
export async function startSession(context: KeyContext, start: Start): Promise<SessionAnswer> {
  const { services, mode, key } = context
  const { people, amr, authTime } = start
  const session = { id: randomUUID(), userId: people.user.id, amr, authTime }
  const minted = await mintOrExplain(() => mintForSession(services, mode, session, people.chosen))
  const refresh = newOpaqueToken()
  const expiresAt = new Date(Date.now() + lifeDays(context) * DAY_MILLISECONDS)
  await services.db.hub(mode, async (trx) => {
    await trx('sessions').insert({
      id: session.id,
      user_id: session.userId,
      key_id: key.id,
      scope: 'hub',
      parent_id: start.parentId ?? null,
      amr,
      auth_time: authTime,
      ip: context.ip,
      user_agent: context.userAgent,
      expires_at: expiresAt,
    })
    await trx('refresh_tokens').insert({ session_id: session.id, token_hash: refresh.hash })
  })
  const refreshToken = deliverRefreshToken(context, refresh.token, expiresAt)
  return toSessionAnswer(people, { ...minted, ...(refreshToken ? { refreshToken } : {}) })
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
