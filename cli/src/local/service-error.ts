import { exitCodes, UserError } from '../errors.ts'
import { logTail } from './log-tail.ts'

/** A process did not come up; shows the last lines it said. */
export function serviceError(
  service: string,
  why: string,
  logs: { folder: string; name: string; start?: number },
  next: string[] = [],
): UserError {
  const lines = logTail(logs.folder, logs.name, 12, logs.start)
  const said = lines.length > 0 ? `\n${lines.map((line) => `  ${line}`).join('\n')}` : ''
  return new UserError({
    code: 'service_failed',
    what: `${service} did not start`,
    why: `${why}${said}`,
    next: [...next, `See its log: authstack logs ${logs.name}`, 'Then run the same command again'],
    exitCode: exitCodes.infrastructure,
  })
}
