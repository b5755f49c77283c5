import type { OperatorContext } from '../http/context.ts'

/** Staff actions are in the hub's trail under the operator's name. */
export async function recordOperatorEvent(
  { services, mode, operator, ip, requestId }: OperatorContext,
  action: string,
  data: Record<string, unknown>,
  userId: string | null = null,
): Promise<void> {
  await services.db
    .hubQuery(mode)('hub_events')
    .insert({
      action: `operator.${action}`,
      user_id: userId,
      ip,
      request_id: requestId,
      data: JSON.stringify({ ...data, operator: operator.name }),
    })
}
