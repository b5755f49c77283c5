import type { NextFunction, Request, RequestHandler, Response } from 'express'
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
      const context = await prove(who, caller, request)
      const input = parseInput(action as never, request)
      // Answers are for one person; no shared cache may keep them.
      response.setHeader('Cache-Control', 'no-store')
      const run = () => action.run(context, input)
      if (action.output === 'raw') {
        sendRaw(response, await run())
        return
      }
      const send = async () => strip(action.output, await run())
      const answer = action.idempotent
        ? await withIdempotency(context, request, action, send)
        : { status: statusOf(response, action), body: await send() }
      sendJson(response, answer.status, answer.body)
    } catch (error) {
      next(error)
    }
  }
}

async function prove(who: Who, caller: PublicContext, request: Request): Promise<unknown> {
  switch (who.kind) {
    case 'everyone':
      return caller
    case 'key':
      return requireKey(caller, who.issuesSession)
    case 'user':
      return demandSession(
        await requireUser(await requireKey(caller, false), who.freshMinutes),
        who.session,
      )
    case 'member': {
      const orgId = asText(request.params.orgId)
      if (who.machines && isMachine(caller)) return requireMachine(caller, orgId, who.permission)
      const person = await requireUser(await requireKey(caller, false), who.freshMinutes)
      return requireMember(person, orgId, who.permission)
    }
    case 'secret':
      return requireSecret(caller, who.scope)
    case 'operator':
      return requireOperator(caller, request)
    default:
      throw new Error('The route does not say who may call it')
  }
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

/** By hand: Express would look for a charset, an ETag and a fresh copy, which our answers never have. */
function sendJson(response: Response, status: number, body: unknown): void {
  response.statusCode = status
  if (body === undefined) {
    response.end()
    return
  }
  const text = JSON.stringify(body)
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Content-Length', Buffer.byteLength(text))
  response.end(text)
}

function sendRaw(response: Response, answer: RawAnswer): void {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value)
  response.status(answer.status).send(answer.body)
}
