import { tokenFor } from './access-token.ts'
import { type Core, fetchOf } from './core.ts'
import { apiUrl } from './load-config.ts'
import { send } from './send.ts'
import { withSession } from './with-session.ts'

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  body?: unknown
  /** Acts in this organization; sent as `X-Tenant-ID` and by a token of its own realm. */
  organizationId?: string
  /** For a POST that creates: sent again with the same key, it creates once. */
  idempotencyKey?: string
}

/** Calls the instance as the signed-in person. A token that has just ended is renewed once. */
export async function request<T>(
  core: Core,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  return withSession(core, () => sendAs<T>(core, path, options))
}

async function sendAs<T>(core: Core, path: string, options: RequestOptions): Promise<T> {
  const { method, body, organizationId, idempotencyKey } = options
  const token = await tokenFor(core, organizationId)
  return send<T>(apiUrl(core, path), {
    method,
    body,
    headers: {
      'x-authstack-key': core.options.apiKey,
      authorization: `Bearer ${token}`,
      ...(organizationId ? { 'x-tenant-id': organizationId } : {}),
      ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    },
    fetch: fetchOf(core),
  })
}

/** Calls a route that needs the key but no person: reset mails, invitation lookups. */
export async function requestPublic<T>(core: Core, path: string, body: unknown): Promise<T> {
  return send<T>(apiUrl(core, path), {
    method: 'POST',
    body,
    headers: { 'x-authstack-key': core.options.apiKey },
    fetch: fetchOf(core),
  })
}
