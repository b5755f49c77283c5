import { AuthStackError, isAuthStackError } from '../../core/authstack-error.ts'
import { send } from '../../core/send.ts'
import type { CallOptions, CallRequest } from './caller.ts'

export interface Line {
  endpoint: string
  secretKey: string
  fetch: typeof globalThis.fetch
  timeoutSeconds: number
  /** Attempts behind the first. */
  retriesMax: number
}

/** Nobody waits longer between two attempts, whatever `Retry-After` says. */
const PAUSE_SECONDS_MAX = 30

/**
 * One call with its repeats. Refused for its rate (429) nothing has happened, so everything is
 * repeated. A lost connection or 503 may come after the deed: only what can be done twice is repeated,
 * which a create is by its Idempotency-Key.
 */
export async function sendPatiently<Answer>(
  line: Line,
  request: CallRequest,
  options: CallOptions,
): Promise<Answer> {
  const headers: Record<string, string> = request.isIdempotent
    ? { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() }
    : {}
  for (let attempt = 0; ; attempt++) {
    if (options.signal?.aborted) throw aborted(options.signal)
    try {
      return await sendOnce<Answer>(line, request, options, headers)
    } catch (error) {
      if (options.signal?.aborted) throw aborted(options.signal)
      const pause = attempt < line.retriesMax ? pauseSeconds(error, request, attempt) : null
      if (pause === null) throw error
      await sleep(pause, options.signal)
    }
  }
}

function sendOnce<Answer>(
  { endpoint, secretKey, fetch, timeoutSeconds }: Line,
  { method, path, query, body }: CallRequest,
  options: CallOptions,
  headers: Record<string, string>,
): Promise<Answer> {
  const { signal } = options
  return send<Answer>(`${endpoint}${path}${search(query)}`, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: { ...headers, 'x-authstack-secret': secretKey },
    timeoutSeconds: options.timeoutSeconds ?? timeoutSeconds,
    // A redirect would carry the secret key to wherever it points.
    fetch: (url, init) =>
      fetch(url, {
        ...init,
        redirect: 'error',
        ...(signal && init?.signal ? { signal: AbortSignal.any([signal, init.signal]) } : {}),
      }),
  })
}

/** Seconds until the next attempt; null when there must be none. */
function pauseSeconds(error: unknown, request: CallRequest, attempt: number): number | null {
  if (!isAuthStackError(error)) return null
  const { status, retryAfterSeconds } = error
  const isRefusedUnseen = status === 429
  const isPerhapsDone = status === 503 || error.code === 'network_error' || error.code === 'timeout'
  const isRepeatable = request.isIdempotent || ['GET', 'PUT', 'DELETE'].includes(request.method)
  if (!isRefusedUnseen && !(isPerhapsDone && isRepeatable)) return null
  // Jitter: many processes that were refused together must not come back together.
  const own = 0.25 * 2 ** attempt * (1 + Math.random())
  return Math.min(Math.max(retryAfterSeconds ?? 0, own), PAUSE_SECONDS_MAX)
}

function search(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

function sleep(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, seconds * 1000)
    function done() {
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    function stop() {
      clearTimeout(timer)
      if (signal) reject(aborted(signal))
    }
    signal?.addEventListener('abort', stop, { once: true })
  })
}

const aborted = (signal: AbortSignal) =>
  new AuthStackError('The call was aborted.', {
    code: 'network_error',
    status: 0,
    cause: signal.reason,
  })
