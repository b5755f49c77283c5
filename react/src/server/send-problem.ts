import type { AuthResponse } from './http-types.ts'
import type { VerificationError } from './verification-error.ts'

const TITLES: Record<string, string> = {
  token_required: 'Sign in to do this.',
  token_invalid: 'The session is not valid.',
  token_expired: 'The session token has expired.',
  not_found: 'This does not exist.',
  permission_denied: 'You do not have permission to do this.',
  unavailable: 'Sign-in cannot be checked right now.',
}

/** Answers problem+json in the instance's own shape, without saying more than the code. */
export function sendProblem(response: AuthResponse, error: VerificationError): void {
  response.status(error.status)
  response.setHeader('content-type', 'application/problem+json')
  response.setHeader('cache-control', 'no-store')
  if (error.status === 401) response.setHeader('www-authenticate', 'Bearer')
  if (error.status === 503) response.setHeader('retry-after', '1')
  response.end(JSON.stringify(problemOf(error.code, error.status)))
}

export function problemOf(code: string, status: number) {
  const title = TITLES[code] ?? 'The request was refused.'
  return { type: `https://authstack.dev/errors/${code}`, title, status, detail: title, code }
}
