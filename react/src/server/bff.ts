import { readCookie, sessionCookie } from './bff-cookie.ts'
import { type ExpressLike, fromExpress, sendToExpress } from './bff-express.ts'
import { forward } from './bff-forward.ts'
import type { AuthResponse, Next } from './http-types.ts'
import { problemOf } from './send-problem.ts'

export interface BffOptions {
  /** Address of the instance. */
  endpoint: string
  /** The publishable key that the app's provider has too; its delivery must be `bff`. */
  apiKey: string
  /** `authstack_sec_…` with the scope `bff`. Never leaves this process. */
  secretKey: string
  /** Origins of the app. Default: the host the request came to, by https (http on localhost). */
  origins?: string[]
  /** Default `__Host-authstack`. The browser demands the prefix's rules: Secure, Path=/, no Domain. */
  cookieName?: string
  /** Address of the caller, for the instance's limits. Default: Express's `request.ip`. */
  clientIp?: (request: Request) => string | undefined
  fetch?: typeof globalThis.fetch
}

/** Serves `POST /api/authstack/<route>`: as Express handler, and as `handler.fetch` elsewhere. */
export interface BffHandler {
  (request: ExpressLike, response: AuthResponse, next?: Next): void
  fetch(request: Request, clientIp?: string): Promise<Response>
}

const ROUTES = new Set([
  'login',
  'signup',
  'verify-email',
  'refresh',
  'switch',
  'token',
  'logout',
  'app-token',
])

/**
 * The app's own backend in front of the instance: it keeps the refresh token in a cookie of the
 * app's origin that no script can read, and takes it out of every answer. Mount it at
 * `/api/authstack`, before or after a JSON body parser.
 */
export function bff(options: BffOptions): BffHandler {
  const settings = {
    ...options,
    endpoint: options.endpoint.replace(/\/+$/, ''),
    cookieName: options.cookieName ?? '__Host-authstack',
    fetch: options.fetch ?? globalThis.fetch,
  }
  const serve = (request: Request, clientIp?: string) => answer(request, settings, clientIp)
  const handler = (request: ExpressLike, response: AuthResponse, next?: Next) => {
    fromExpress(request)
      .then((web) => serve(web, request.ip))
      .then((result) => sendToExpress(result, response))
      .catch((error) => next?.(error))
  }
  return Object.assign(handler, { fetch: serve })
}

type Settings = BffOptions & Required<Pick<BffOptions, 'cookieName' | 'fetch'>>

async function answer(request: Request, settings: Settings, clientIp?: string): Promise<Response> {
  const url = new URL(request.url)
  const route = url.pathname.split('/').filter(Boolean).at(-1) ?? ''
  if (request.method !== 'POST' || !ROUTES.has(route)) return problem('not_found', 404)
  const origin = request.headers.get('origin')
  // The cookie comes with every request to this origin, also one that another site's form sends.
  if (!origin || !isOwnOrigin(origin, url, settings.origins)) {
    return problem('origin_not_allowed', 403)
  }
  // A form cannot send JSON: with the Origin this closes cross-site posts twice.
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return problem('unsupported_media_type', 415)
  }
  const body = (await request.json().catch(() => null)) as Record<string, unknown> | null
  if (!body || typeof body !== 'object' || Array.isArray(body)) return problem('invalid_json', 400)
  // The page never names the refresh token: only our cookie does.
  const { refreshToken: _ignored, ...rest } = body
  const held = readCookie(request.headers.get('cookie'), settings.cookieName)
  return forward({
    settings,
    route,
    body: rest,
    held,
    origin,
    authorization: request.headers.get('authorization'),
    clientIp: settings.clientIp?.(request) ?? clientIp,
    userAgent: request.headers.get('user-agent'),
    cookie: (value, seconds) => sessionCookie(settings.cookieName, value, seconds),
  })
}

function isOwnOrigin(origin: string, url: URL, allowed: string[] | undefined): boolean {
  if (allowed) return allowed.includes(origin)
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  return origin === `https://${url.host}` || (isLocal && origin === `http://${url.host}`)
}

function problem(code: string, status: number): Response {
  return new Response(JSON.stringify(problemOf(code, status)), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })
}
