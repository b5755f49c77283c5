/** Exit codes of DESIGN 7; scripts rely on them, so a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  settings: 3,
  notSignedIn: 4,
  infrastructure: 5,
  rolledBack: 6,
  locked: 7,
  declined: 8,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export type UserErrorFields = {
  /** Stable, snake_case: scripts and docs/errors refer to it. */
  code: string
  /** One sentence: what did not work. */
  what: string
  /** One sentence: why, as far as we know. */
  why: string
  /** What the person can do, most likely first; commands as they are typed. */
  next: string[]
  exitCode?: ExitCode
  cause?: unknown
}

/** Something the person at the keyboard can put right. Printed as four lines, without a stack. */
export class UserError extends Error {
  readonly code: string
  readonly what: string
  readonly why: string
  readonly next: string[]
  readonly exitCode: ExitCode

  constructor(fields: UserErrorFields) {
    super(fields.what, { cause: fields.cause })
    this.name = 'UserError'
    this.code = fields.code
    this.what = fields.what
    this.why = fields.why
    this.next = fields.next
    this.exitCode = fields.exitCode ?? exitCodes.failed
  }
}

/** Something only we can put right. Printed with its stack. */
export class BugError extends Error {
  readonly code: string = 'bug'
  readonly exitCode: ExitCode = exitCodes.failed

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'BugError'
  }
}

/** The person pressed Ctrl-C (or the terminal went away). Exit 130, no error is shown. */
export class InterruptedError extends Error {
  readonly code: string = 'interrupted'
  readonly exitCode: ExitCode = exitCodes.interrupted

  constructor() {
    super('Interrupted')
    this.name = 'InterruptedError'
  }
}

/** Wrong flags or a missing answer: exit 2. */
export function usageError(fields: Omit<UserErrorFields, 'exitCode'>): UserError {
  return new UserError({ ...fields, exitCode: exitCodes.usage })
}

/** Something in authstack.config.ts is wrong: exit 3. */
export function settingsError(fields: Omit<UserErrorFields, 'exitCode'>): UserError {
  return new UserError({ ...fields, exitCode: exitCodes.settings })
}
