import type { BffOptions } from './bff.ts'
import { problemOf } from './send-problem.ts'

/** As long as the longest session the instance gives; the instance ends shorter ones itself. */
const COOKIE_SECONDS = 30 * 24 * 3600
const TIMEOUT_MS = 20_000
/** Only these mean that the refresh token is worth nothing any more. */
const FINAL_CODES = new Set(['refresh_reused', 'refresh_invalid', 'session_revoked'])

interface Forwarded {
  settings: BffOptions & { fetch: typeof globalThis.fetch }
  route: string
  body: Record<string, unknown>
  held: string | null
  origin: string
  authorization: string | null
  clientIp: string | undefined
  /** The person's browser, so that "where you are signed in" can name it. */
  userAgent: string | null
  cookie: (value: string, seconds: number) => string
}

/** Sends one call on to the instance and moves the refresh token between body and cookie. */
export async function forward(call: Forwarded): Promise<Response> {
  const { route, held, body } = call
  const needsToken = route === 'refresh' || route === 'logout'
  if (route === 'refresh' && !held) return respond(problemOf('refresh_invalid', 401), 401, [])
  const sent = needsToken && held ? { ...body, refreshToken: held } : body
  const response = await reach(call, sent)
  if (!response) return respond(problemOf('unavailable', 503), 503, [])
  if (response.status === 204) return respond(null, 204, clearing(call))
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const { refreshToken, ...rest } = answer
  const cookies =
    typeof refreshToken === 'string'
      ? [call.cookie(refreshToken, COOKIE_SECONDS)]
      : route === 'refresh' && FINAL_CODES.has(String(answer.code))
        ? [call.cookie('', 0)]
        : []
  return respond(rest, response.status, cookies, response.headers.get('retry-after'))
}

function clearing({ route, cookie }: Forwarded): string[] {
  return route === 'logout' ? [cookie('', 0)] : []
}

async function reach(call: Forwarded, body: Record<string, unknown>): Promise<Response | null> {
  const { settings, route, origin, authorization, clientIp, userAgent } = call
  try {
    return await settings.fetch(`${settings.endpoint}/api/v1/auth/${route}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        origin,
        'x-authstack-key': settings.apiKey,
        'x-authstack-secret': settings.secretKey,
        ...(clientIp ? { 'x-authstack-client-ip': clientIp } : {}),
        ...(userAgent ? { 'user-agent': userAgent } : {}),
        ...(authorization ? { authorization } : {}),
      },
      body: JSON.stringify(body),
      // The secret key must not follow a redirect to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch {
    // The instance is away: the page keeps its session and tries again.
    return null
  }
}

function respond(
  body: unknown,
  status: number,
  cookies: string[],
  retryAfter: string | null = null,
): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (body !== null) {
    const type = status >= 400 ? 'application/problem+json' : 'application/json'
    headers.set('content-type', type)
  }
  if (retryAfter) headers.set('retry-after', retryAfter)
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(body === null ? null : JSON.stringify(body), { status, headers })
}
