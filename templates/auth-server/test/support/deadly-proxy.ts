import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where in an exchange the process that asks is killed: before it reaches the other side, or with its answer lost. */
export type Moment = 'before' | 'after'

export interface DeadlyProxy {
  url: string
  /** At the n-th request from now on (1 is the first) `kill` is called; without it requests only pass. */
  arm(at: number, moment: Moment, kill: () => void): void
  /** Requests that passed since `arm` or the start. */
  seen(): string[]
  close(): Promise<void>
}

/**
 * Stands between the API and Keycloak, and kills the API at a chosen request. Every step of a saga that
 * spans both is such a request, so counting up walks through all of its steps.
 */
export async function startDeadlyProxy(target: string): Promise<DeadlyProxy> {
  const to = new URL(target)
  let seen: string[] = []
  let armed: { at: number; moment: Moment; kill: () => void } | null = null
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url?.split('?')[0]}`)
    const deadly = armed && seen.length === armed.at ? armed : null
    if (deadly?.moment === 'before') {
      deadly.kill()
      outgoing.destroy()
      return
    }
    forward(to, incoming, outgoing, () => {
      if (!deadly) return false
      deadly.kill()
      return true
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arm(at, moment, kill) {
      seen = []
      armed = { at, moment, kill }
    },
    seen: () => seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function forward(
  to: URL,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  isLost: () => boolean,
): void {
  const onward = request(
    {
      host: to.hostname,
      port: to.port,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    },
    (answer) => {
      if (isLost()) {
        answer.resume()
        outgoing.destroy()
        return
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    },
  )
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}
