import type { NextFunction, Request, Response } from 'express'
import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'

const DOCS = 'https://authstack.dev/errors/'
const BEARER_CODES = new Set<string>(['token_required', 'token_invalid', 'session_revoked'])

/** RFC 9457 body of a problem. The same for the same code but for `requestId`: nothing else may tell cases apart. */
export function problemBody(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    type: `${DOCS}${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    requestId,
    ...problem.extra,
    ...(problem.errors ? { errors: problem.errors } : {}),
  }
}

/** Turns whatever was thrown into the one kind of error answer that this server gives. */
export function sendProblems({ log, metrics }: Pick<Services, 'log' | 'metrics'>) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const problem = asProblem(error)
    const requestId = String(response.locals.requestId ?? '')
    metrics.problem(problem.code)
    if (problem.status >= 500) {
      log.error({ requestId, code: problem.code, err: problem.cause ?? error }, problem.message)
    } else if (problem.cause) {
      log.info({ requestId, code: problem.code, err: problem.cause }, problem.message)
    }
    // A chunked body was cut off by the parser: the rest is read and dropped, or the connection would be reset.
    if (problem.code === 'body_too_large' && !request.complete) request.resume()
    if (response.headersSent) {
      next(error)
      return
    }
    if (problem.retryAfterSeconds) {
      response.setHeader('Retry-After', String(Math.ceil(problem.retryAfterSeconds)))
    }
    // RFC 6750: a client library can tell that a token, and which kind, is what is missing.
    if (BEARER_CODES.has(problem.code)) response.setHeader('WWW-Authenticate', 'Bearer')
    response.setHeader('Cache-Control', 'no-store')
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, requestId)))
  }
}

/** Nothing is here: the same answer for an unknown path as for a hidden one. */
export function sendNotFound(_request: Request, _response: Response, next: NextFunction): void {
  next(new Problem('not_found'))
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const kind = (error as { type?: string }).type
  if (kind === 'entity.parse.failed') return new Problem('invalid_json')
  if (kind === 'entity.too.large') {
    return new Problem('body_too_large', { detail: 'A body may be at most 100 KB.' })
  }
  if (kind === 'encoding.unsupported' || kind === 'charset.unsupported') {
    return new Problem('unsupported_media_type')
  }
  if (kind === 'request.aborted' || kind === 'request.size.invalid') {
    return new Problem('invalid_request')
  }
  if (error instanceof URIError) return new Problem('not_found')
  if (isDown(error)) return new Problem('unavailable', { retryAfterSeconds: 2, cause: error })
  return new Problem('internal', { cause: error })
}

/** PostgreSQL that is gone, starting, out of connections, or slower than its statement timeout. */
function isDown(error: unknown): boolean {
  const { code, name, message } = error as { code?: string; name?: string; message?: string }
  if (name === 'KnexTimeoutError') return true
  if (/Connection terminated|timeout exceeded when trying to connect/i.test(message ?? ''))
    return true
  return /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOENT|57P0[123]|57014|53300|08\d{3}|55P03)$/.test(
    code ?? '',
  )
}
