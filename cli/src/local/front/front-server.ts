import {
  type ClientRequest,
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { pipeline } from 'node:stream'
import { connectWithRetry } from './connect-with-retry.ts'
import { endToEnd, forwardedHeaders } from './forwarded-headers.ts'
import { routeRequest } from './route-request.ts'
import { sendProblem } from './send-problem.ts'

export type FrontOptions = {
  publicUrl: string
  /** The symlink to the live colour's socket; the kernel resolves it anew at every connect. */
  liveSocket: string
  keycloakPort: number
}

/** A client that still sends more than this after its answer loses its connection. */
const DRAINED_BYTES_MAX = 10 * 1024 * 1024

/**
 * The front: the one public door of a local instance, in the place Caddy has on a server. No
 * upstream connection is kept: a kept one would go on to the old colour after a flip.
 */
export function createFront(options: FrontOptions): Server {
  const publicUrl = new URL(options.publicUrl)
  const server = createServer((request, response) => {
    const route = routeRequest(request.url ?? '/')
    if (route === 'refused') {
      request.resume()
      return sendProblem(response, 404)
    }
    const upstream =
      route === 'keycloak'
        ? { port: options.keycloakPort, host: '127.0.0.1' }
        : { path: options.liveSocket }
    forward(request, response, upstream, publicUrl).catch(() => sendProblem(response, 503))
  })
  server.requestTimeout = 120_000
  server.headersTimeout = 20_000
  return server
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  upstream: { port: number; host: string } | { path: string },
  publicUrl: URL,
): Promise<void> {
  request.pause()
  // Nothing was sent yet, so trying again cannot repeat a request.
  const socket = await connectWithRetry(upstream, () => request.destroyed)
  const proxied = httpRequest({
    createConnection: () => socket,
    method: request.method,
    path: request.url,
    // Not "close": a server told so resets the connection on an early answer (413), and loses it.
    headers: {
      ...forwardedHeaders(request, publicUrl),
      ...framing(request),
      connection: 'keep-alive',
    },
    setHost: false,
  })
  let isAnswered = false
  response.on('close', () => {
    proxied.destroy()
    socket.destroy()
  })
  request.on('error', () => proxied.destroy())
  proxied.on('response', (answer) => {
    isAnswered = true
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers))
    pipeline(answer, response, () => drain(request, proxied))
  })
  // An upstream may answer and hang up before the whole body came (413): its answer stands.
  proxied.on('error', () => {
    if (!isAnswered) sendProblem(response, 502)
    drain(request, proxied)
  })
  request.pipe(proxied)
}

/**
 * Node frames a body of unknown length by itself for POST and its like only. The body of a chunked
 * GET or DELETE would leave here bare, and the upstream would take it for the next request: one that
 * no rule of ours has seen, with a caller's address of its own choice.
 */
function framing({ headers }: IncomingMessage): IncomingHttpHeaders {
  if (headers['transfer-encoding'] !== undefined) return { 'transfer-encoding': 'chunked' }
  const length = headers['content-length']
  // Also when `Connection: content-length` asks to drop it.
  return length === undefined ? {} : { 'content-length': length }
}

/** Reads away a body that nobody wants any more, so that the client can use its connection again. */
function drain(request: IncomingMessage, proxied: ClientRequest): void {
  if (request.complete) return
  request.unpipe(proxied)
  let left = DRAINED_BYTES_MAX
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) request.destroy()
  })
  request.resume()
}
