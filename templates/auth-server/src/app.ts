import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { Problem } from './errors.ts'
import { crossOrigin } from './http/cors.ts'
import { guard } from './http/guard.ts'
import { noteRequests } from './http/note-requests.ts'
import { sendNotFound, sendProblems } from './http/problem.ts'
import type { Route } from './http/route.ts'
import { securityHeaders } from './http/security-headers.ts'
import type { Services } from './services.ts'
import { traceRequests } from './telemetry.ts'

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
  app.use(noteRequests(services), securityHeaders(services))
  if (services.isTraced) app.use(traceRequests())
  app.use('/api', varyByCaller, crossOrigin(services))
  app.use(refuseHugeBodies)
  for (const { path, action } of routes) {
    // A signature is over bytes: parsed and written again, the same document has others.
    if (action.rawBody) app.use(path, express.raw({ limit: BODY_BYTES_MAX, type: () => true }))
  }
  app.use(express.json({ limit: BODY_BYTES_MAX, strict: true, type: isJson }))
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
  app.use(sendProblems(services))
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
  response.setHeader('Vary', 'Origin, X-AuthStack-Key')
  next()
}
