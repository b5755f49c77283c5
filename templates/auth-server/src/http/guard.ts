import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { type Eventually, whenThere } from '../access/eventually.ts'
import { demandScope } from '../auth/session-scope.ts'
import type { Services } from '../services.ts'
import type { PublicContext, UserContext } from './context.ts'
import type { RawAnswer } from './define-action.ts'
import { withIdempotency } from './idempotency.ts'
import { parseInput } from './parse-input.ts'
import { publicContext } from './public-context.ts'
import { requireKey } from './require-key.ts'
import { isMachine, requireMachine } from './require-machine.ts'
import { requireMember } from './require-member.ts'
import { requireOperator } from './require-operator.ts'
import { requireSecret } from './require-secret.ts'
import { requireUser } from './require-user.ts'
import type { Route, Who } from './route.ts'

/**
 * The one way from a route to its action: who is it, what came in, the verb, what goes out. The
 * caller is known before the body is read, so a stranger learns nothing from field errors.
 */
export function guard(services: Services, route: Route): RequestHandler {
  const { action, who } = route
  return async (request: Request, response: Response, next: NextFunction) => {
    try {
      response.locals.route = route.path
      const caller = publicContext(services, request, response)
      services.limits.count('ip', caller.ip)
      const proven = prove(who, caller, request)
      const context = proven instanceof Promise ? await proven : proven
      const input = parseInput(action as never, request)
      if (action.idempotent) {
        const run = async () => strip(action.output, await action.run(context, input))
        const answer = await withIdempotency(context, request, action, run)
        sendJson(response, answer.status, answer.body)
        return
      }
      const result = await action.run(context, input)
      if (action.output === 'raw') sendRaw(response, result)
      else sendJson(response, statusOf(response, action), strip(action.output, result))
    } catch (error) {
      next(error)
    }
  }
}

function prove(who: Who, caller: PublicContext, request: Request): Eventually<unknown> {
  switch (who.kind) {
    case 'everyone':
      return caller
    case 'key':
      return requireKey(caller, who.issuesSession)
    case 'user':
      return whenThere(requirePerson(caller, who.freshMinutes), (person) =>
        demandSession(person, who.session),
      )
    case 'member': {
      const orgId = asText(request.params.orgId)
      if (who.machines && isMachine(caller)) return requireMachine(caller, orgId, who.permission)
      return whenThere(requirePerson(caller, who.freshMinutes), (person) =>
        requireMember(person, orgId, who.permission),
      )
    }
    case 'secret':
      return requireSecret(caller, who.scope)
    case 'operator':
      return requireOperator(caller, request)
    default:
      throw new Error('The route does not say who may call it')
  }
}

function requirePerson(
  caller: PublicContext,
  freshMinutes: number | null,
): Eventually<UserContext> {
  return whenThere(requireKey(caller, false), (context) => requireUser(context, freshMinutes))
}

/** Closed by default: a route is open to sessions of one organization's SSO only when it says so. */
function demandSession(context: UserContext, session: 'hub' | 'any'): UserContext {
  if (session !== 'any') demandScope(context.session.scope, null)
  return context
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Drops every field that the action did not declare; an answer that does not fit is our own fault (500). */
function strip(output: Route['action']['output'], result: unknown): unknown {
  if (output === null || output === 'raw') return undefined
  const parsed = output.safeParse(result)
  if (parsed.success) return parsed.data
  throw new Error(`The answer does not fit its declaration: ${parsed.error.message}`)
}

function statusOf(response: Response, action: Route['action']): number {
  if (response.statusCode !== 200) return response.statusCode
  return action.status ?? (action.output === null ? 204 : 200)
}

/** Answers are for one person; no shared cache may keep them, unless an action says otherwise. */
const PRIVATE = ['Cache-Control', 'no-store']

/** By hand: Express would look for a charset, an ETag and a fresh copy, which our answers never have. */
function sendJson(response: Response, status: number, body: unknown): void {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const headers = [...PRIVATE]
  if (text !== undefined) {
    headers.push('Content-Type', 'application/json; charset=utf-8')
    headers.push('Content-Length', String(Buffer.byteLength(text)))
  }
  if (response.hasHeader('Cache-Control')) headers.splice(0, PRIVATE.length)
  response.writeHead(status, headers)
  response.end(text)
}

function sendRaw(response: Response, answer: RawAnswer): void {
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  response.status(answer.status).send(answer.body)
}
