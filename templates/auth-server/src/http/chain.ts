import type { NextFunction, Request, RequestHandler, Response } from 'express'

/**
 * Several handlers as one. Express looks up each `app.use` anew for every request and wraps it, which
 * for our handful of short ones costs more than they do.
 */
export function chain(handlers: RequestHandler[]): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    let at = 0
    const goOn = (error?: unknown): void => {
      // Express takes `next(null)` for no error, and so does cors, which says it of an unknown origin.
      const handler = error === undefined || error === null ? handlers[at++] : undefined
      if (!handler) {
        next(error)
        return
      }
      try {
        handler(request, response, goOn)
      } catch (fault) {
        // Express catches what a handler throws at once; here it may be called from a callback.
        next(fault)
      }
    }
    goOn()
  }
}

/** Runs a handler for requests under `/api` only. */
export function underApi(handler: RequestHandler): RequestHandler {
  return (request, response, next) => {
    if (isUnderApi(request.url)) handler(request, response, next)
    else next()
  }
}

export function isUnderApi(url: string): boolean {
  return url.startsWith('/api/') || url === '/api' || url.startsWith('/api?')
}
