import { request } from 'node:http'

export type HttpAnswer = { status: number; body: unknown }

type HttpRequest = {
  method: string
  path: string
  headers?: Record<string, string>
  body?: string
  timeoutSeconds?: number
  signal?: AbortSignal
} & ({ socketPath: string } | { host: string; port: number })

const answerBytesMax = 16 * 1024 * 1024

/** One HTTP request over a unix socket or loopback. Throws node's own error when nobody answers. */
export function httpRequest(options: HttpRequest): Promise<HttpAnswer> {
  const { body, timeoutSeconds = 30, ...rest } = options
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...rest,
        headers: {
          ...rest.headers,
          ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        let size = 0
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > answerBytesMax) outgoing.destroy(new Error('The answer is too large'))
          chunks.push(chunk)
        })
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8')
          resolve({ status: incoming.statusCode ?? 0, body: parseJson(text) })
        })
      },
    )
    outgoing.setTimeout(timeoutSeconds * 1000, () =>
      outgoing.destroy(new Error(`no answer within ${timeoutSeconds} s`)),
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function parseJson(text: string): unknown {
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
