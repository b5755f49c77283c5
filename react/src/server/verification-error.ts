/**
 * Why a token was not taken. `code` is `token_required`, `token_invalid`, `token_expired` (all 401),
 * `permission_denied` (403) or `unavailable` (503: the keys could not be read; try again).
 * `message` is for the log; it never goes to the caller.
 */
export class VerificationError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'VerificationError'
    this.code = code
    this.status = status
  }
}

export function invalid(message: string, cause?: unknown): VerificationError {
  return new VerificationError('token_invalid', 401, message, cause)
}
