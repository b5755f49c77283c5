import type { NextFunction, Request, RequestHandler, Response } from 'express'
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
 * helmet's headers. They are the same for every answer, so helmet is asked once, at the start, and
 * what it said is repeated. What is under `/api` is data and has a stricter policy than the pages.
 */
export function securityHeaders({ env }: Pick<Services, 'env'>): RequestHandler {
  const forPages = askHelmet(env.publicUrl.startsWith('https:'))
  const forData: [string, string][] = [
    ...forPages.filter(([name]) => FOR_DATA.has(name.toLowerCase())),
    ['Content-Security-Policy', DATA_POLICY],
  ]
  return (request: Request, response: Response, next: NextFunction): void => {
    const headers = isUnderApi(request.url) ? forData : forPages
    for (const [name, value] of headers) response.setHeader(name, value)
    next()
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
