import type { Output } from '../output/output.ts'
import type { Report } from '../output/report.ts'
import type { UserAction } from './users.ts'

type Options = {
  environment: string
  mode: 'live' | 'test'
  idOrEmail: string
  action: UserAction
  /** Said when it is done: "{user} is verified." */
  done: string
  /** Asked before, where it hurts somebody. */
  question?: string
  yes?: boolean
  output: Output
  signal: AbortSignal
}

/** What `users verify`, `unlock` and `revoke-sessions` share: call, then say what is true now. */
export async function actOnUserCommand(options: Options): Promise<Report> {
  const { operatorOf } = await import('../operator/operator-of.ts')
  const { actOnUser } = await import('./users.ts')
  const { output, idOrEmail, action } = options
  const operator = await operatorOf(
    { env: options.environment, mode: options.mode },
    options.signal,
  )
  if (options.question) {
    const { confirmOrDecline } = await import('../prompt/confirm.ts')
    await confirmOrDecline(output, options.question, options)
  }
  const answer = await actOnUser(operator, idOrEmail, action)
  const { talkStyle: style } = output
  return {
    result: answer ?? { user: idOrEmail, action, done: true },
    show: () => output.talk(`${style.accent(style.marks.done)} ${options.done}`),
  }
}
