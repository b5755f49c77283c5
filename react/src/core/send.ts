import { AuthStackError } from './authstack-error.ts'
import { parseProblem } from './parse-problem.ts'

export interface SendOptions {
  method?: string
  body?: unknown
  headers?: Record<string, string>
  credentials?: RequestCredentials
  fetch: typeof globalThis.fetch
  timeoutSeconds?: number
}

/** One HTTP call: JSON in, JSON out, `AuthStackError` on anything else. */
export async function send<T>(url: string, options: SendOptions): Promise<T> {
  const response = await reach(url, options)
  if (!response.ok) throw await parseProblem(response)
  if (response.status === 204) return undefined as T
  try {
    return (await response.json()) as T
  } catch (cause) {
    throw new AuthStackError('The answer could not be read.', {
      code: 'invalid_answer',
      status: response.status,
      cause,
    })
  }
}

async function reach(url: string, options: SendOptions): Promise<Response> {
  const { method = 'GET', body, headers, credentials = 'omit', timeoutSeconds = 20 } = options
  const init: RequestInit = {
    method,
    credentials,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    signal: AbortSignal.timeout(timeoutSeconds * 1000),
  }
  if (body !== undefined) init.body = JSON.stringify(body)
  try {
    return await options.fetch(url, init)
  } catch (cause) {
    const isTimeout = cause instanceof Error && cause.name === 'TimeoutError'
    throw new AuthStackError(
      isTimeout ? 'The server took too long to answer.' : 'The server could not be reached.',
      { code: isTimeout ? 'timeout' : 'network_error', status: 0, cause },
    )
  }
}
