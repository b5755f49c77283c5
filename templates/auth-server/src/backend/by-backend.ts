import type { SecretContext } from '../http/context.ts'

/** Who did it, for the trail: the customer's own backend, by the id of its secret key. */
export function byBackend({ key, ip, userAgent, requestId }: SecretContext) {
  return {
    actor: { kind: 'system' as const, id: null },
    ip,
    userAgent,
    requestId,
    data: { via: 'backend', key: key.id },
  }
}
