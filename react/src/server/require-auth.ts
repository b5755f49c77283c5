import type { Verifier } from './create-verifier.ts'
import type { AuthRequest, Middleware } from './http-types.ts'
import { sendProblem } from './send-problem.ts'
import { VerificationError } from './verification-error.ts'

/**
 * Express middleware: takes the bearer token, checks it, sets `request.auth`; else 401 problem+json
 * (503 when the keys cannot be read). `fresh` also asks the instance: for what cannot be undone.
 */
export function requireAuth(verifier: Verifier, options: { fresh?: boolean } = {}): Middleware {
  return (request, response, next) => {
    authenticate(verifier, request, options).then(
      () => next(),
      (error) => {
        if (error instanceof VerificationError) sendProblem(response, error)
        else next(error)
      },
    )
  }
}

async function authenticate(
  verifier: Verifier,
  request: AuthRequest,
  options: { fresh?: boolean },
): Promise<void> {
  const { authorization } = request.headers
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(String(authorization ?? ''))?.[1]
  if (!token) throw new VerificationError('token_required', 401, 'no bearer token')
  request.auth = await verifier.verify(token, options)
}
