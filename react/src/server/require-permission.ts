import type { PermissionName } from '../core/authstack-types.ts'
import type { Middleware } from './http-types.ts'
import { sendProblem } from './send-problem.ts'
import { VerificationError } from './verification-error.ts'

/** Express middleware after `requireAuth`: 403 unless the token holds every one of `names`. */
export function requirePermission(...names: PermissionName[]): Middleware {
  // An empty list would let everybody through; that is always a slip.
  if (names.length === 0) throw new Error('requirePermission needs the name of a permission')
  return (request, response, next) => {
    const { auth } = request
    if (!auth) {
      return sendProblem(response, new VerificationError('token_required', 401, 'no requireAuth'))
    }
    const missing = names.filter((name) => !auth.permissions.includes(name))
    if (missing.length > 0) {
      const message = `missing ${missing.join(', ')}`
      return sendProblem(response, new VerificationError('permission_denied', 403, message))
    }
    next()
  }
}
