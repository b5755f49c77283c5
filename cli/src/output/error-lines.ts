import { BugError, exitCodes, InterruptedError, UserError } from '../errors.ts'
import type { Style } from './style.ts'
import { wrap } from './wrap.ts'

export type ErrorJson = {
  code: string
  what: string
  why: string
  next: string[]
  exitCode: number
}

/** The shape of `error` on stdout with `--json`. */
export function errorJson(error: unknown): ErrorJson {
  if (error instanceof UserError) {
    const { code, what, why, next, exitCode } = error
    return { code, what, why, next, exitCode }
  }
  if (error instanceof InterruptedError) {
    return {
      code: 'interrupted',
      what: 'Interrupted.',
      why: 'The command was asked to stop.',
      next: ['It is safe to run the same command again.'],
      exitCode: exitCodes.interrupted,
    }
  }
  return {
    code: 'bug',
    what: 'Something in AuthStack itself went wrong.',
    why: error instanceof Error ? error.message : String(error),
    next: ['Report it with the lines above: authstack doctor --json helps us find it.'],
    exitCode: exitCodes.failed,
  }
}

/** An error as people see it: what, why, what to do, where to read more. */
export function errorLines(
  error: unknown,
  style: Style,
  options: { showStack?: boolean; columns?: number } = {},
): string[] {
  const { code, what, why, next } = errorJson(error)
  if (error instanceof InterruptedError) return ['', `${what} ${style.dim(next[0] ?? '')}`]
  const width = (options.columns ?? 80) - 4
  const isBug = !(error instanceof UserError)
  const stack = error instanceof Error && (isBug || options.showStack) ? (error.stack ?? '') : ''
  const cause = error instanceof BugError && error.cause ? [`Caused by: ${error.cause}`] : []
  return [
    ...(stack ? stack.split('\n').map(style.dim) : []),
    ...cause,
    `${style.danger(style.marks.failed)} ${style.bold(what)}`,
    ...why
      .split('\n')
      .flatMap((line) => wrap(line, width))
      .map((line) => `  ${line}`),
    ...next.map(
      (step, i) =>
        `  ${i === 0 ? style.marks.arrow : ' '.repeat(style.marks.arrow.length)} ${step}`,
    ),
    `  ${style.dim(`Read more: https://authstack.dev/errors/${code}`)}`,
  ]
}
