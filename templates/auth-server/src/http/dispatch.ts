import type { NextFunction, Request, RequestHandler, Response } from 'express'
import createRouter, { type HTTPMethod } from 'find-my-way'
import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'
import { guard } from './guard.ts'
import type { Route } from './route.ts'

/** Longer than any name in a path of ours (an email address); more is no such thing. */
const PARAM_LENGTH_MAX = 400

/**
 * Finds the route of a request in a tree, and not in a list: with more than a hundred routes Express
 * tries a hundred patterns. Goes on to what comes after for a path that no route has.
 */
export function dispatch(services: Services, routes: Route[]): RequestHandler {
  const router = createRouter({
    caseSensitive: true,
    ignoreTrailingSlash: true,
    maxParamLength: PARAM_LENGTH_MAX,
  })
  for (const route of routes) {
    router.on(route.method, route.path, unused, guard(services, route))
  }
  const methods = [...new Set(routes.map(({ method }) => method))]

  return (request: Request, response: Response, next: NextFunction): void => {
    const { url } = request
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const found = router.find(method as HTTPMethod, url)
    if (found) {
      // A path with a broken escape gives a handler without a store: such a thing cannot exist.
      if (!found.store) {
        next(new Problem('not_found'))
        return
      }
      request.params = found.params as Request['params']
      ;(found.store as RequestHandler)(request, response, next)
      return
    }
    const allowed = methods.filter((other) => router.find(other, url)?.store)
    if (allowed.length === 0) {
      next()
      return
    }
    // Without this a wrong method on a known path would say 404, which helps nobody who develops.
    response.setHeader('Allow', allowed.join(', '))
    next(new Problem('method_not_allowed'))
  }
}

/** The tree wants a handler; ours lies in the store, since it takes Express's arguments. */
function unused(): void {}
