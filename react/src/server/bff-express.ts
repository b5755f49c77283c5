import type { AuthResponse } from './http-types.ts'

const BODY_BYTES_MAX = 64 * 1024

/** The part of Express's request that is needed; `body` may be parsed already. */
export interface ExpressLike {
  method: string
  originalUrl?: string
  url?: string
  protocol?: string
  ip?: string
  headers: Record<string, string | string[] | undefined>
  body?: unknown
  [Symbol.asyncIterator]?: () => AsyncIterator<unknown>
}

/** An Express request as a fetch `Request`. */
export async function fromExpress(request: ExpressLike): Promise<Request> {
  const path = request.originalUrl ?? request.url ?? '/'
  const url = new URL(
    path,
    `${request.protocol ?? 'http'}://${request.headers.host ?? 'localhost'}`,
  )
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    // The body is written anew, and its old length and coding would no longer be true.
    if (value === undefined || /^(content-length|transfer-encoding|connection)$/.test(name))
      continue
    headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  return new Request(url, {
    method: request.method,
    headers,
    body: hasBody ? await bodyOf(request) : undefined,
  })
}

async function bodyOf(request: ExpressLike): Promise<string> {
  if (request.body !== undefined) return JSON.stringify(request.body)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > BODY_BYTES_MAX) return ''
    chunks.push(chunk)
  }
  return new TextDecoder().decode(concat(chunks, bytes))
}

function concat(chunks: Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

export async function sendToExpress(result: Response, response: AuthResponse): Promise<void> {
  response.status(result.status)
  for (const [name, value] of result.headers) {
    if (name !== 'set-cookie') response.setHeader(name, value)
  }
  const cookies = result.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.end(await result.text())
}
