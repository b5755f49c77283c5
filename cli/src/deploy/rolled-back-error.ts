import { exitCodes, UserError } from '../errors.ts'

/** The same failure, seen from outside: the old version serves (exit 6). */
export function rolledBackError(error: unknown, from: string, to: string): UserError {
  const known = error instanceof UserError ? error : null
  const reason = error instanceof Error ? error.message : String(error)
  return new UserError({
    code: 'rolled_back',
    what: `${to} did not become live; ${from} still serves`,
    why: known ? `${known.what}: ${known.why}` : reason,
    next: known?.next ?? ['Put it right and deploy again'],
    exitCode: exitCodes.rolledBack,
    cause: error,
  })
}
