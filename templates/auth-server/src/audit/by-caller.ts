import type { TenantContext } from '../http/context.ts'
import type { AuditEvent } from './record-event.ts'

/** The actor, address and request of what a member or a machine of the organization did. */
export function byCaller(
  context: Pick<TenantContext, 'machine' | 'userId' | 'ip' | 'requestId' | 'userAgent'>,
): Pick<AuditEvent, 'actor' | 'ip' | 'userAgent' | 'requestId'> {
  const { machine, userId, ip, userAgent, requestId } = context
  const actor = machine
    ? { kind: 'api_key' as const, id: machine.id }
    : { kind: 'user' as const, id: userId }
  return { actor, ip, userAgent: userAgent ?? null, requestId }
}
