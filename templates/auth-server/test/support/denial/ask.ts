import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: suites look into bodies of every shape.
  body: any
}

export interface Asking {
  headers?: Record<string, string>
  body?: unknown
}

export type Ask = (method: string, path: string, asking?: Asking) => Promise<Reply>

/**
 * Asks one server from many addresses of the loopback network, since thousands of requests of one
 * address are refused. `direct`: it is no front but the API itself, which believes X-Forwarded-For.
 */
export function asker(origin: string, direct = false): Ask {
  const { hostname, port, host } = new URL(origin)
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  const isLoopback = /^(localhost|127\.)/.test(hostname)
  let asked = 0
  return (method, path, { headers = {}, body } = {}) => {
    const address = `127.77.${(asked++ >> 9) % 200}.${1 + (asked % 8)}`
    const text = body === undefined ? undefined : JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: isLoopback ? '127.0.0.1' : hostname,
          port,
          method,
          path,
          agent,
          // Only Linux answers on the whole of 127/8 without being told to.
          ...(isLoopback && !direct && process.platform === 'linux'
            ? { localAddress: address }
            : {}),
          headers: {
            Host: host,
            ...(direct ? { 'X-Forwarded-For': address } : {}),
            ...(text === undefined
              ? {}
              : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (incoming) => {
          let received = ''
          incoming.setEncoding('utf8').on('data', (part) => {
            received += part
          })
          incoming.on('error', reject)
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text: received,
              body: parse(received),
            }),
          )
        },
      )
      outgoing.setTimeout(30_000, () => outgoing.destroy(new Error(`${method} ${path}: no answer`)))
      outgoing.on('error', reject)
      outgoing.end(text)
    })
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}
