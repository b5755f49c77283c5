import { randomUUID } from 'node:crypto'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import { Problem } from './errors.ts'
import { crossOrigin } from './http/cors.ts'
import { guard } from './http/guard.ts'
import { sendNotFound, sendProblems } from './http/problem.ts'
import type { Route } from './http/route.ts'
import type { Services } from './services.ts'

const BODY_BYTES_MAX = 100 * 1024
/** Without this a wrong method on a known path would say 404, which helps nobody who develops. */
const METHODS = ['get', 'post', 'patch', 'put', 'delete'] as const

/** One HTTP application with the given routes and nothing else; unknown paths are 404 problems. */
export function createApp(
  services: Services,
  routes: Route[],
  addPages: (app: Express) => void = () => {},
): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  // One hop: the front, which drops what callers send as X-Forwarded-* and sets its own.
  app.set('trust proxy', 1)
  app.set('query parser', 'simple')
  app.use(nameRequest, logRequest(services))
  app.use(securityHeaders(services))
  app.use('/api', varyByCaller, crossOrigin(services))
  app.use(refuseHugeBodies, express.json({ limit: BODY_BYTES_MAX, strict: true, type: isJson }))
  for (const route of routes) {
    app[route.method.toLowerCase() as (typeof METHODS)[number]](route.path, guard(services, route))
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method)
    app.all(path, (_request, response, next) => {
      response.setHeader('Allow', allowed.join(', '))
      next(new Problem('method_not_allowed'))
    })
  }
  addPages(app)
  app.use(sendNotFound)
  app.use(sendProblems(services.log))
  return app
}

function isJson(request: { headers: Record<string, string | string[] | undefined> }): boolean {
  return /^application\/json\s*(;|$)/i.test(String(request.headers['content-type'] ?? ''))
}

/** A body up to this is read to its end and dropped, so that the connection can be used again. */
const DRAIN_MAX_BYTES = 16 * 1024 * 1024

/** By the declared length and whatever the type, before a byte is kept; the parser counts the rest. */
function refuseHugeBodies(request: Request, response: Response, next: NextFunction): void {
  const length = Number(request.headers['content-length'] ?? 0)
  if (length <= BODY_BYTES_MAX) {
    next()
    return
  }
  const problem = new Problem('body_too_large', { detail: 'A body may be at most 100 KB.' })
  if (length > DRAIN_MAX_BYTES) {
    response.setHeader('Connection', 'close')
    next(problem)
    return
  }
  // Answering with bytes unread would reset the connection, and the front might see only that.
  request.resume()
  request.once('end', () => next(problem))
}

/**
 * Also on answers to requests without an Origin: a browser would otherwise give the pages' cached
 * answer, which no other origin may read, to the app; or one key's configuration to another key.
 */
function varyByCaller(_request: Request, response: Response, next: NextFunction): void {
  response.vary('Origin')
  response.vary('X-AuthStack-Key')
  next()
}

function nameRequest(_request: Request, response: Response, next: NextFunction): void {
  // Always our own: a caller's id would let them write into our logs.
  response.locals.requestId = randomUUID()
  response.setHeader('X-Request-Id', response.locals.requestId)
  next()
}

/** One line a request. The path without its query: codes and keys travel there. */
function logRequest({ log }: Services) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now()
    const path = request.path
    response.on('finish', () => {
      const line = {
        requestId: response.locals.requestId,
        method: request.method,
        path,
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - startedAt),
      }
      if (path === '/livez' || path === '/readyz') log.debug(line, 'request')
      else log.info(line, 'request')
    })
    next()
  }
}

function securityHeaders({ env }: Services) {
  const isSecure = env.publicUrl.startsWith('https:')
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
