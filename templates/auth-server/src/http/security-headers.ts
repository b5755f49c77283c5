import type { NextFunction, Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import type { Services } from '../services.ts'

/**
 * helmet's headers. They are the same for every answer, so helmet is asked once, at the start, and
 * what it said is repeated.
 */
export function securityHeaders({ env }: Pick<Services, 'env'>): RequestHandler {
  const headers = askHelmet(env.publicUrl.startsWith('https:'))
  return (_request: Request, response: Response, next: NextFunction): void => {
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
