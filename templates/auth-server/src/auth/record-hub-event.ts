import type { Knex } from 'knex'
import type { KeyContext } from '../http/context.ts'

export type HubAction =
  | 'signup.started'
  | 'signup.repeated'
  | 'email.verified'
  | 'login.succeeded'
  | 'login.failed'
  | 'session.refresh_reused'
  | 'session.ended'
  | 'password.reset_requested'
  | 'password.changed'

/** One line of the hub's trail. An unknown person's failed login has no user and holds no address. */
export async function recordHubEvent(
  hub: Knex,
  context: Pick<KeyContext, 'ip' | 'requestId'> & { key: { id: string } | null },
  action: HubAction,
  userId: string | null,
  data: Record<string, unknown> = {},
): Promise<void> {
  await hub('hub_events').insert({
    action,
    user_id: userId,
    key_id: context.key?.id ?? null,
    ip: context.ip,
    request_id: context.requestId,
    data: JSON.stringify(data),
  })
}
