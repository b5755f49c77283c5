import type { Request } from 'express'

/** The path of a request, without what may be a secret in its query. */
export function pathOf(request: Request): string {
  const { url } = request
  // A whole address, as a proxy is asked: rare enough to be taken apart with care.
  if (!url.startsWith('/')) return request.path
  const query = url.indexOf('?')
  const path = query < 0 ? url : url.slice(0, query)
  const fragment = path.indexOf('#')
  return fragment < 0 ? path : path.slice(0, fragment)
}
