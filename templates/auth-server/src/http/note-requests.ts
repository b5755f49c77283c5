import { randomUUID } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { isDraining } from '../health/draining.ts'
import type { Services } from '../services.ts'

/** Asked every second or so by machines; a line each would drown the others. */
const QUIET = new Set(['/livez', '/readyz', '/metrics'])

/** Names each request, and when it is answered writes its line and counts it. */
export function noteRequests({ logs, metrics }: Services): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now()
    const { path, method } = request
    // Always our own: a caller's id would let them write into our logs.
    const requestId = randomUUID()
    response.locals.requestId = requestId
    response.setHeader('X-Request-Id', requestId)
    // Said with an answer, so that no caller sends the next request into a connection that is closing.
    if (isDraining()) response.setHeader('Connection', 'close')
    response.on('finish', () => {
      const elapsed = performance.now() - startedAt
      const status = response.statusCode
      metrics.request(method, String(response.locals.route ?? 'none'), status, elapsed / 1000)
      if (QUIET.has(path)) return
      logs.request({ requestId, method, path, status, milliseconds: Math.round(elapsed) })
    })
    next()
  }
}
