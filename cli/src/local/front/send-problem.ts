import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

const PROBLEMS = {
  404: { code: 'not_found', title: 'Not found', detail: 'There is nothing at this address.' },
  502: { code: 'unavailable', title: 'No answer', detail: 'The server ended the connection.' },
  503: { code: 'unavailable', title: 'Unavailable', detail: 'The server is starting. Try again.' },
} as const

/** Answers in the API's own words (RFC 9457); a response already under way is cut off instead. */
export function sendProblem(response: ServerResponse, status: keyof typeof PROBLEMS): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { code, title, detail } = PROBLEMS[status]
  const body = {
    type: `https://authstack.dev/errors/${code}`,
    title,
    status,
    detail,
    code,
    requestId: randomUUID(),
  }
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 404 ? {} : { 'retry-after': '2' }),
  })
  response.end(JSON.stringify(body))
}
