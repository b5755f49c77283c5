import type { ErrorRequestHandler, Response } from 'express'

/** An error that the caller may read. `title` is a sentence for people. */
export class Problem extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, title: string) {
    super(title)
    this.status = status
    this.code = code
  }
}

/** Answers RFC 9457 problem+json, the same shape that AuthStack uses. */
export function sendProblem(response: Response, status: number, code: string, title: string): void {
  response.status(status).type('application/problem+json').send({ title, status, code })
}

/** Last handler of the app: known problems as they are, everything else as a 500 that says nothing. */
export const answerProblem: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error)
  if (error instanceof Problem)
    return sendProblem(response, error.status, error.code, error.message)
  // body-parser marks its own errors with a 4xx status and a type.
  if (typeof error?.type === 'string' && error.status >= 400 && error.status < 500) {
    const code = error.status === 413 ? 'body_too_large' : 'invalid_json'
    return sendProblem(response, error.status, code, 'The request body could not be read.')
  }
  console.error(error)
  sendProblem(response, 500, 'internal', 'Something went wrong here. It has been logged.')
}
