import { randomUUID } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { isDraining } from '../health/draining.ts'
import type { Services } from '../services.ts'
import { pathOf } from './path-of.ts'

/** Asked every second or so by machines; a line each would drown the others. */
const QUIET = new Set(['/livez', '/readyz', '/metrics'])

/** Names each request, and when it is answered writes its line and counts it. */
export function noteRequests({ logs, metrics }: Services): RequestHandler {
  // One function for all requests; what it needs to know lies in `locals`.
  function note(this: Response): void {
    const { requestId, startedAt, method, path, route } = this.locals
    const elapsed = performance.now() - startedAt
    const status = this.statusCode
    metrics.request(method, route ?? 'none', status, elapsed / 1000)
    if (QUIET.has(path)) return
    logs.request({ requestId, method, path, status, milliseconds: Math.round(elapsed) })
  }
  return (request: Request, response: Response, next: NextFunction): void => {
    response.locals = {
      // Always our own: a caller's id would let them write into our logs.
      requestId: randomUUID(),
      startedAt: performance.now(),
      method: request.method,
      path: pathOf(request),
      route: undefined,
    }
    // Said with an answer, so that no caller sends the next request into a connection that is closing.
    if (isDraining()) response.setHeader('Connection', 'close')
    response.on('finish', note)
    next()
  }
}
