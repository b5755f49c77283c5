import { AuthStackError, type FieldError } from './authstack-error.ts'

/** Turns a refused response into the error that its problem+json describes. */
export async function parseProblem(response: Response): Promise<AuthStackError> {
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>
  const title = typeof body.title === 'string' ? body.title : `HTTP ${response.status}`
  return new AuthStackError(typeof body.detail === 'string' ? body.detail : title, {
    code: typeof body.code === 'string' ? body.code : codeOf(response.status),
    status: response.status,
    errors: Array.isArray(body.errors) ? (body.errors as FieldError[]) : [],
    requestId: typeof body.requestId === 'string' ? body.requestId : null,
    retryAfterSeconds: Number(response.headers.get('retry-after')) || null,
  })
}

// A proxy's own 502 page carries no code of ours; it must read as "unavailable", never as a refusal.
function codeOf(status: number): string {
  if (status === 404) return 'not_found'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'unavailable' : 'invalid_answer'
}
