import { instance } from './instance.ts'
import { type Answer, type Asking, request } from './request.ts'

/** A call of the instance's API. */
export type Call = Asking & {
  /** API key; the native live key when left out, none when null. */
  key?: string | null
  token?: string
  tenant?: string
  origin?: string
}

/** Calls `<instance>/api/v1/<path>`, by default with the native live key (no Origin, tokens in the body). */
export function call(method: string, path: string, options: Call = {}): Promise<Answer> {
  const { key, token, tenant, origin, ...asking } = options
  const headers: Record<string, string> = {}
  if (key !== null) headers['x-authstack-key'] = key ?? instance().nativeKey
  if (token) headers.authorization = `Bearer ${token}`
  if (tenant) headers['x-tenant-id'] = tenant
  if (origin) headers.origin = origin
  return request(`${instance().api}/api/v1/${path}`, {
    ...asking,
    method,
    headers: { ...headers, ...asking.headers },
  })
}

/** The same call, failing the test with the whole answer when the status differs. */
export async function callOk(
  method: string,
  path: string,
  options: Call = {},
  status = 200,
  // biome-ignore lint/suspicious/noExplicitAny: see Answer.body
): Promise<any> {
  const answer = await call(method, path, options)
  if (answer.status !== status) {
    throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${answer.text}`)
  }
  return answer.body
}
