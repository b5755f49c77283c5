import type { FieldError } from '../../src/core/authstack-error.ts'

/** A problem+json answer. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly errors: FieldError[]

  constructor(status: number, code: string, errors: FieldError[] = []) {
    super(code)
    this.status = status
    this.code = code
    this.errors = errors
  }

  response(): Response {
    const { status, code, errors } = this
    const body = {
      type: `https://authstack.dev/errors/${code}`,
      title: code,
      status,
      detail: `Refused: ${code}.`,
      code,
      requestId: 'req-1',
      ...(errors.length > 0 ? { errors } : {}),
    }
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    })
  }
}
