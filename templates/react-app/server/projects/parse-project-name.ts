import { Problem } from '../problem.ts'

/** Longest project name, in characters. */
export const nameLengthMax = 80

/** Takes `{name}` and nothing else. An `organizationId` in a body is refused, not ignored: it would be a lie. */
export function parseProjectName(body: unknown): string {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Problem(400, 'invalid_request', 'Send a JSON object with a name.')
  }
  const { name, ...unknown } = body as Record<string, unknown>
  const extra = Object.keys(unknown)[0]
  if (extra) throw new Problem(400, 'invalid_request', `The field "${extra}" is not known here.`)
  if (typeof name !== 'string' || name.trim() === '') {
    throw new Problem(400, 'invalid_request', 'Give the project a name.')
  }
  const trimmed = name.trim()
  if ([...trimmed].length > nameLengthMax) {
    throw new Problem(400, 'invalid_request', `A name has at most ${nameLengthMax} characters.`)
  }
  return trimmed
}
