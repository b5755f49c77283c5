import { exitCodes, UserError } from '../errors.ts'
import type { Instance } from '../state/instance.ts'
import { operatorSocket } from '../state/state-paths.ts'
import { instanceDown } from './instance-down.ts'
import { operatorToken } from './operator-token.ts'
import { type HttpAnswer, httpRequest } from './socket-http.ts'

export type Mode = 'live' | 'test'

export type OperatorRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below /operator/v1: "/keys". Build ids in with encodeURIComponent. */
  path: string
  query?: Record<string, string | undefined>
  body?: unknown
  /** What the path names, for a 404: "user ada@example.com". */
  subject?: string
}

/** Calls operator routes of one instance on behalf of the operator. */
export type OperatorClient = {
  call: <T>(request: OperatorRequest) => Promise<T>
}

/** The only door to the operator routes: they listen on a local socket, never on the network. */
export async function openOperator(
  instance: Instance,
  mode: Mode,
  signal?: AbortSignal,
): Promise<OperatorClient> {
  const { liveColour } = instance
  if (!liveColour) throw instanceDown(instance, 'The API', new Error('it was never started'))
  const socketPath = operatorSocket(instance.paths, liveColour)
  const token = await operatorToken(instance, signal)
  return {
    async call<T>({ method, path, query = {}, body, subject }: OperatorRequest): Promise<T> {
      const given = Object.entries({ mode, ...query }).filter(([, value]) => value !== undefined)
      const search = new URLSearchParams(given as [string, string][])
      const answer = await httpRequest({
        socketPath,
        method,
        path: `/operator/v1${path}?${search}`,
        headers: {
          host: 'operator',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      }).catch((error) => {
        throw instanceDown(instance, 'The API', error)
      })
      if (answer.status >= 200 && answer.status < 300) return answer.body as T
      throw answer.status === 404 && subject
        ? notFound(answer, subject, mode, instance.environment)
        : refusal(answer)
    },
  }
}

type Problem = {
  title?: string
  detail?: string
  code?: string
  requestId?: string
  errors?: { pointer?: string; message?: string }[]
}

function notFound(answer: HttpAnswer, subject: string, mode: Mode, environment: string): UserError {
  const other = mode === 'live' ? 'test' : 'live'
  return new UserError({
    code: (answer.body as Problem | null)?.code ?? 'not_found',
    what: `There is no ${subject}.`,
    why: `Looked in the ${mode} data of "${environment}".`,
    next: [`Check the name, or look in the ${other} data with --mode ${other}.`],
  })
}

function refusal(answer: HttpAnswer): UserError {
  const problem = (typeof answer.body === 'object' ? answer.body : null) as Problem | null
  if (!problem?.code) return unknownAnswer(answer.status)
  const { code, title, detail, errors, requestId } = problem
  const fields = errors?.map(({ pointer, message }) => `${pointer ?? ''} ${message ?? ''}`.trim())
  return new UserError({
    code,
    what: detail || title || `The instance answered ${answer.status}.`,
    why: fields?.join('; ') || (requestId ? `Request ${requestId}.` : `Status ${answer.status}.`),
    next: nextFor(answer.status),
    exitCode: exitCodeFor(answer.status),
  })
}

function unknownAnswer(status: number): UserError {
  return new UserError({
    code: 'answer_unknown',
    what: `The instance answered ${status}.`,
    why: 'The answer is not one of AuthStack, so it does not say why.',
    next: nextFor(status),
    exitCode: exitCodes.infrastructure,
  })
}

function exitCodeFor(status: number) {
  if (status === 401 || status === 403) return exitCodes.notSignedIn
  if (status >= 500) return exitCodes.infrastructure
  return exitCodes.failed
}

function nextFor(status: number): string[] {
  if (status >= 500) return ['authstack logs api shows why.']
  if (status === 401 || status === 403) return ['authstack deploy sets the operator up again.']
  return ['Change what it says and run the command again.']
}
