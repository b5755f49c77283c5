import type { AuthRequest, Middleware } from './http-types.ts'
import { sendProblem } from './send-problem.ts'
import { VerificationError } from './verification-error.ts'

/**
 * Express middleware after `requireAuth`. When the request names an organization, in the header
 * `X-Tenant-ID` or by `select`, it must be the token's own; else the 404 of a thing that is not there,
 * so that nobody learns which organizations exist.
 */
export function requireOrganization(
  select: (request: AuthRequest) => string | undefined = () => undefined,
): Middleware {
  return (request, response, next) => {
    const { auth } = request
    if (!auth) {
      return sendProblem(response, new VerificationError('token_required', 401, 'no requireAuth'))
    }
    const named = [request.headers['x-tenant-id'], select(request)].filter((id) => id !== undefined)
    if (named.some((id) => id !== auth.organizationId)) {
      const message = 'the request names another organization'
      return sendProblem(response, new VerificationError('not_found', 404, message))
    }
    next()
  }
}
