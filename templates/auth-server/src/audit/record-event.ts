import type { Knex } from 'knex'

export interface AuditEvent {
  /** Dotted, past tense: `member.removed`. */
  action: string
  /** `api_key`: a machine of the organization, by the id of its key. */
  actor: { kind: 'user' | 'operator' | 'system' | 'api_key'; id: string | null }
  target?: { kind: string; id: string }
  ip?: string | null
  userAgent?: string | null
  requestId?: string | null
  /** What changed. Ids and slugs, never an address, a name or a secret. */
  data?: Record<string, unknown>
}

/**
 * Writes one line of the organization's trail, in the transaction of what it tells: either both
 * happen or neither. The role has no UPDATE or DELETE on the trail.
 *
 * The address and the user agent do not stay in the line: a trigger moves them to the queue of the
 * sequencer, which seals them under the person's key and gives the line its place in the chain.
 */
export async function recordEvent(
  trx: Knex.Transaction,
  organizationId: string,
  event: AuditEvent,
): Promise<void> {
  await trx('audit_events').insert({
    tenant_id: organizationId,
    action: event.action,
    actor_kind: event.actor.kind,
    actor_id: event.actor.id,
    target_kind: event.target?.kind ?? null,
    target_id: event.target?.id ?? null,
    ip: event.ip ?? null,
    personal: JSON.stringify(event.userAgent ? { userAgent: event.userAgent } : {}),
    request_id: event.requestId ?? null,
    data: JSON.stringify(event.data ?? {}),
  })
}

/** The actor, address and request of a signed-in person's action. */
export function byUser(context: {
  userId: string
  ip: string
  requestId: string
  userAgent?: string | null
}) {
  return {
    actor: { kind: 'user' as const, id: context.userId },
    ip: context.ip,
    userAgent: context.userAgent ?? null,
    requestId: context.requestId,
  }
}
