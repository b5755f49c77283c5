import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'

/** What came back. `body` is the parsed JSON, or null when there is none. */
export type Answer = {
  status: number
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers of every shape and asserts on them
  body: any
  milliseconds: number
}

/** How to ask. `json` is serialised; `raw` goes out as it is. */
export type Asking = {
  method?: string
  headers?: Record<string, string>
  json?: unknown
  raw?: string | Buffer
  socketPath?: string
  timeoutMs?: number
}

/**
 * One HTTP exchange by node:http and not by fetch: fetch adds browser-like headers of its own,
 * hides Set-Cookie, follows redirects and normalises `..` out of paths.
 */
export function request(url: string, asking: Asking = {}): Promise<Answer> {
  const target = new URL(url)
  const body = asking.json === undefined ? asking.raw : JSON.stringify(asking.json)
  const headers: Record<string, string> = { ...asking.headers }
  if (asking.json !== undefined) headers['content-type'] ??= 'application/json'
  if (body !== undefined) headers['content-length'] ??= String(Buffer.byteLength(body))
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: target.hostname.replace(/^\[|\]$/g, ''),
        port: target.port,
        path: url.slice(target.origin.length) || '/',
        method: asking.method ?? (body === undefined ? 'GET' : 'POST'),
        headers,
        ...(asking.socketPath ? { socketPath: asking.socketPath } : {}),
      },
      (incoming) => {
        const parts: Buffer[] = []
        incoming.on('data', (part) => parts.push(part))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            body: parse(text),
            milliseconds: performance.now() - started,
          })
        })
      },
    )
    outgoing.setTimeout(asking.timeoutMs ?? 30_000, () =>
      outgoing.destroy(new Error(`No answer from ${url} in ${asking.timeoutMs ?? 30_000} ms`)),
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}
