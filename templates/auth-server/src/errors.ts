/** Who can do something about a problem: decides the words on its docs page and the log level. */
export type Fixer = 'caller' | 'user' | 'developer' | 'operator' | 'us'

interface ProblemKind {
  status: number
  title: string
  fixer: Fixer
}

/**
 * Every problem this server can answer with. The code is an interface (clients switch on it);
 * `docs/errors/<code>.md` explains each one, and a test compares the two lists.
 */
export const PROBLEMS = {
  invalid_request: { status: 400, title: 'The request is not valid', fixer: 'developer' },
  invalid_json: { status: 400, title: 'The body is not valid JSON', fixer: 'developer' },
  body_too_large: { status: 413, title: 'The body is too large', fixer: 'developer' },
  unsupported_media_type: {
    status: 415,
    title: 'The body must be application/json',
    fixer: 'developer',
  },
  key_required: { status: 401, title: 'An API key is required', fixer: 'developer' },
  key_invalid: { status: 401, title: 'The API key is not valid', fixer: 'developer' },
  scope_required: { status: 403, title: 'The key lacks a scope', fixer: 'developer' },
  origin_not_allowed: { status: 403, title: 'The origin is not allowed', fixer: 'developer' },
  bff_required: {
    status: 403,
    title: 'This key signs in through the backend of the app',
    fixer: 'developer',
  },
  token_required: { status: 401, title: 'An access token is required', fixer: 'caller' },
  token_invalid: { status: 401, title: 'The access token is not valid', fixer: 'caller' },
  session_revoked: { status: 401, title: 'The session has ended', fixer: 'user' },
  invalid_credentials: {
    status: 401,
    title: 'The email or password is wrong',
    fixer: 'user',
  },
  email_not_verified: { status: 403, title: 'The email is not verified', fixer: 'user' },
  too_many_attempts: { status: 429, title: 'Too many failed attempts', fixer: 'user' },
  refresh_invalid: { status: 401, title: 'The refresh token is not valid', fixer: 'user' },
  refresh_reused: { status: 401, title: 'The refresh token was used before', fixer: 'user' },
  code_invalid: { status: 400, title: 'The code is not valid', fixer: 'developer' },
  step_up_required: { status: 401, title: 'A fresh sign-in is required', fixer: 'user' },
  permission_denied: { status: 403, title: 'A permission is missing', fixer: 'user' },
  signup_disabled: { status: 403, title: 'Sign-up is closed', fixer: 'operator' },
  not_found: { status: 404, title: 'There is nothing here', fixer: 'caller' },
  method_not_allowed: { status: 405, title: 'The method is not allowed', fixer: 'developer' },
  conflict: { status: 409, title: 'The request conflicts with what is there', fixer: 'caller' },
  domain_not_verified: { status: 409, title: 'The domain is not verified', fixer: 'user' },
  slug_taken: { status: 409, title: 'The slug is taken', fixer: 'user' },
  last_owner: { status: 409, title: 'An organization keeps one owner', fixer: 'user' },
  limit_reached: { status: 409, title: 'A limit of the plan is reached', fixer: 'user' },
  billing_off: { status: 409, title: 'This instance takes no payments', fixer: 'operator' },
  feature_not_in_plan: { status: 403, title: 'The plan does not have this', fixer: 'user' },
  instance_full: { status: 409, title: 'The instance takes no more', fixer: 'operator' },
  idempotency_mismatch: {
    status: 409,
    title: 'The idempotency key belongs to another request',
    fixer: 'developer',
  },
  link_invalid: { status: 410, title: 'The link is used or has expired', fixer: 'user' },
  invitation_for_another_address: {
    status: 403,
    title: 'The invitation is for another address',
    fixer: 'user',
  },
  invalid_password: { status: 422, title: 'The password does not fit the rules', fixer: 'user' },
  rate_limited: { status: 429, title: 'Too many requests', fixer: 'caller' },
  unavailable: { status: 503, title: 'A part of the service is down', fixer: 'operator' },
  internal: { status: 500, title: 'Something went wrong', fixer: 'us' },
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof PROBLEMS

/** One faulty field. `pointer` is an RFC 6901 JSON pointer into the body, or `/query/x`, `/header/X`. */
export interface FieldError {
  pointer: string
  message: string
  code: string
}

interface ProblemOptions {
  /** The public sentence. Never holds an internal name, an address or another person's data. */
  detail?: string
  errors?: FieldError[]
  retryAfterSeconds?: number
  /** The internal sentence or the caught error; logged, never sent. */
  cause?: unknown
  /** Public members beside the standard ones, as RFC 9457 allows. */
  extra?: Record<string, unknown>
}

/** An answer that is not a success, thrown from anywhere and turned into problem+json at the edge. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly errors: FieldError[] | undefined
  readonly retryAfterSeconds: number | undefined
  readonly extra: Record<string, unknown>

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const kind = PROBLEMS[code]
    super(options.detail ?? kind.title, { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.status = kind.status
    this.title = kind.title
    this.detail = options.detail ?? `${kind.title}.`
    this.errors = options.errors
    this.retryAfterSeconds = options.retryAfterSeconds
    this.extra = options.extra ?? {}
  }
}
