import type { Knex } from 'knex'

export type EndReason =
  | 'logout'
  | 'password_reset'
  | 'refresh_reused'
  | 'code_reused'
  | 'signup_repeated'
  | 'revoked_by_user'
  | 'revoked_by_operator'
  | 'erased'

/** Ends one session. Its tokens stop at the API with the next request, its refresh token at once. */
export async function endSession(hub: Knex, sessionId: string, reason: EndReason): Promise<void> {
  await hub('sessions')
    .where({ id: sessionId })
    .whereNull('revoked_at')
    .update({ revoked_at: hub.fn.now(), revoked_reason: reason })
}

/** Ends all sessions of a person; gives how many. */
export async function endSessionsOfUser(
  hub: Knex,
  userId: string,
  reason: EndReason,
): Promise<number> {
  return hub('sessions')
    .where({ user_id: userId })
    .whereNull('revoked_at')
    .update({ revoked_at: hub.fn.now(), revoked_reason: reason })
}
