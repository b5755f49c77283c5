/** One input that was refused. `pointer` is a JSON pointer into the body, e.g. `/email`. */
export interface FieldError {
  pointer: string
  message: string
  code: string
}

interface ErrorDetails {
  code: string
  status: number
  detail?: string
  errors?: FieldError[]
  requestId?: string | null
  retryAfterSeconds?: number | null
  cause?: unknown
}

/**
 * Every failure of this package. `code` is stable (the instance's problem code, or
 * `network_error`, `timeout`, `invalid_answer`, and `redirect_*` from here); `status` is the HTTP
 * status, 0 when no answer came.
 */
export class AuthStackError extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  readonly errors: FieldError[]
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null

  constructor(message: string, details: ErrorDetails) {
    super(message, { cause: details.cause })
    this.name = 'AuthStackError'
    this.code = details.code
    this.status = details.status
    this.detail = details.detail ?? message
    this.errors = details.errors ?? []
    this.requestId = details.requestId ?? null
    this.retryAfterSeconds = details.retryAfterSeconds ?? null
  }
}

export function isAuthStackError(value: unknown): value is AuthStackError {
  // Not instanceof alone: two copies of the package in one bundle must still understand each other.
  return value instanceof Error && value.name === 'AuthStackError' && 'code' in value
}

export function toAuthStackError(value: unknown): AuthStackError {
  if (isAuthStackError(value)) return value
  const message = value instanceof Error ? value.message : String(value)
  return new AuthStackError(message, { code: 'unexpected', status: 0, cause: value })
}
