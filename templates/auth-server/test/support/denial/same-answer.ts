import type { Reply } from './ask.ts'

/** Differ between any two answers and tell nothing. */
const VOLATILE = /^(date|x-request-id|connection|keep-alive|(x-)?ratelimit.*)$/

/** In what two answers differ when the request id is blanked, or null when nobody could tell them apart. */
export function difference(one: Reply, other: Reply): string | null {
  if (one.status !== other.status) return `status ${one.status} and ${other.status}`
  const [oneBody, otherBody] = [one, other].map(({ text, body }) =>
    body?.requestId ? text.replaceAll(String(body.requestId), '') : text,
  )
  if (oneBody !== otherBody) return `bodies ${oneBody} and ${otherBody}`
  const [oneHeaders, otherHeaders] = [one, other].map(({ headers }) =>
    JSON.stringify(
      Object.entries(headers)
        .filter(([name]) => !VOLATILE.test(name))
        .sort(),
    ),
  )
  return oneHeaders === otherHeaders ? null : `headers ${oneHeaders} and ${otherHeaders}`
}
