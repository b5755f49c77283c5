import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { Problem } from './errors.ts'
import { chain, underApi } from './http/chain.ts'
import { crossOrigin } from './http/cors.ts'
import type { Application } from './http/create-server.ts'
import { dispatch } from './http/dispatch.ts'
import { noteRequests } from './http/note-requests.ts'
import { pathOf } from './http/path-of.ts'
import { sendNotFound, sendProblems } from './http/problem.ts'
import type { Route } from './http/route.ts'
import { standingHeaders } from './http/security-headers.ts'
import type { Services } from './services.ts'
import { traceRequests } from './telemetry.ts'

const BODY_BYTES_MAX = 100 * 1024

/**
 * One HTTP application with the given routes and nothing else; unknown paths are 404 problems.
 *
 * Requests for a route do not pass through Express, which costs each of them more than all that is
 * decided about it; the pages do, which come after.
 */
export function createApp(
  services: Services,
  routes: Route[],
  addPages: (app: Express) => void = () => {},
): Application {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  // One hop: the front, which drops what callers send as X-Forwarded-* and sets its own.
  app.set('trust proxy', 1)
  app.set('query parser', 'simple')
  addPages(app)
  app.use(sendNotFound)
  const problems = sendProblems(services)
  app.use(problems)
  const routed = chain([
    noteRequests(services),
    ...(services.isTraced ? [traceRequests()] : []),
    underApi(crossOrigin(services)),
    refuseHugeBodies,
    readBody(routes),
    dispatch(services, routes),
  ])
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const request = incoming as Request
    const response = outgoing as Response
    // Express would set these two; its methods look there, also when it is not asked.
    request.res = response
    request.originalUrl = request.url
    routed(request, response, (error?: unknown) => {
      if (error === undefined || error === null) app(request, response)
      // A problem that cannot be told, since an answer is under way: what was sent is not whole.
      else problems(error, request, response, () => request.socket.destroy())
    })
  }
  return { app, listener, standing: standingHeaders(services) }
}

/** A signature is over bytes: parsed and written again, the same document has others. */
function readBody(routes: Route[]) {
  const rawPaths = new Set(routes.filter(({ action }) => action.rawBody).map(({ path }) => path))
  const raw = express.raw({ limit: BODY_BYTES_MAX, type: () => true })
  const json = express.json({ limit: BODY_BYTES_MAX, strict: true, type: isJson })
  return (request: Request, response: Response, next: NextFunction): void => {
    // Nothing comes; without a Content-Length a body comes in chunks or not at all.
    if (!hasBody(request)) next()
    else if (rawPaths.has(pathOf(request))) raw(request, response, next)
    else json(request, response, next)
  }
}

function hasBody({ headers }: Request): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
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
