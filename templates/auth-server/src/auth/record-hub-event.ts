import type { Knex } from 'knex'
import type { KeyContext } from '../http/context.ts'

export type HubAction =
  | 'signup.started'
  | 'signup.repeated'
  | 'email.verified'
  | 'email.verification_resent'
  | 'login.succeeded'
  | 'login.failed'
  | 'session.refresh_reused'
  | 'session.ended'
  | 'password.reset_requested'
  | 'password.changed'
  | 'profile.updated'
  | 'session.started'
  | 'user.suspended'
  | 'user.reactivated'
  | 'user.sessions_revoked'
  | `alert.${string}`

/**
 * One line of the hub's trail. An unknown person's failed login has no user and holds no address. The
 * sequencer copies it into the operators' trail and, redacted, into that of each of the person's
 * organizations.
 *
 * @param personal sealed under the person's key, beside address and user agent of the request
 */
export async function recordHubEvent(
  hub: Knex,
  context: Pick<KeyContext, 'requestId'> & {
    ip: string | null
    key: { id: string } | null
    userAgent?: string | null
  },
  action: HubAction,
  userId: string | null,
  data: Record<string, unknown> = {},
  personal: Record<string, unknown> = {},
): Promise<void> {
  await hub('hub_events').insert({
    action,
    user_id: userId,
    key_id: context.key?.id ?? null,
    ip: context.ip,
    request_id: context.requestId,
    data: JSON.stringify(data),
    personal: JSON.stringify({
      ...(context.userAgent ? { userAgent: context.userAgent } : {}),
      ...personal,
    }),
  })
}
