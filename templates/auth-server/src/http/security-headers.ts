import type { ServerResponse } from 'node:http'
import type { Request, Response } from 'express'
import helmet from 'helmet'
import type { Services } from '../services.ts'
import { isUnderApi } from './chain.ts'

/** Of helmet's headers, those that mean anything on an answer that is no document. */
const FOR_DATA = new Set([
  'strict-transport-security',
  'x-content-type-options',
  'referrer-policy',
  'cross-origin-resource-policy',
  'x-frame-options',
])
/** Should a browser take it for a document all the same: it may load nothing, run nothing, be framed by nobody. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

/**
 * Also on answers to requests without an Origin: a browser would otherwise give the pages' cached
 * answer, which no other origin may read, to the app; or one key's configuration to another key.
 */
export const VARY_BY_CALLER = ['Vary', 'Origin, X-AuthStack-Key'] as const

/** `[name, value, name, value, ...]` of what every answer to this request says. */
export type StandingHeaders = (response: ServerResponse) => string[]

/**
 * helmet's headers and the name of the request. helmet's are the same for every answer, so it is asked
 * once, at the start, and what it said is repeated. What is under `/api` is data and has a stricter
 * policy than the pages.
 */
export function standingHeaders({ env }: Pick<Services, 'env'>): StandingHeaders {
  const helmets = askHelmet(env.publicUrl.startsWith('https:'))
  const forPages = helmets.flat()
  const forData = [
    ...helmets.filter(([name]) => FOR_DATA.has(name.toLowerCase())).flat(),
    'Content-Security-Policy',
    DATA_POLICY,
    ...VARY_BY_CALLER,
  ]
  return (response) => {
    const { locals, req } = response as Response
    // A sign-in that cannot be started is told by a page, from an address of the API.
    const isPage = String(response.getHeader('content-type') ?? '').startsWith('text/html')
    const isData = !isPage && isUnderApi(req.originalUrl ?? req.url)
    const headers = isData ? forData : forPages
    return [...headers, 'X-Request-Id', locals.requestId as string]
  }
}

function askHelmet(isSecure: boolean): [string, string][] {
  const headers: [string, string][] = []
  const recorder = {
    setHeader: (name: string, value: string) => void headers.push([name, value]),
    removeHeader: () => {},
  }
  let isAsked = false
  middleware(isSecure)({} as Request, recorder as unknown as Response, (error?: unknown) => {
    if (error) throw error
    isAsked = true
  })
  // An answer of helmet's that comes later would be an answer without its headers.
  if (!isAsked) throw new Error('helmet did not answer at once')
  return headers
}

function middleware(isSecure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        // Nobody may frame a sign-in page and lay a button over it.
        'frame-ancestors': ["'none'"],
        'img-src': ["'self'", 'data:', 'https:'],
        'object-src': ["'none'"],
        'connect-src': ["'self'"],
        ...(isSecure ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Mail links hold their token in the fragment; still, no address of ours leaves with a click.
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
  })
}
