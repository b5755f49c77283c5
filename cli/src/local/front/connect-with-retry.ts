import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const RETRY_MS_MAX = 5000
const RETRY_EVERY_MS = 50
const WORTH_A_RETRY = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EAGAIN'])

/**
 * A connected socket to the upstream. A refused connect is tried again for up to 5 seconds, so a
 * flip or a restart makes a request wait instead of fail.
 */
export async function connectWithRetry(
  upstream: NetConnectOpts,
  isGivenUp: () => boolean,
): Promise<Socket> {
  const deadline = Date.now() + RETRY_MS_MAX
  for (;;) {
    try {
      return await connectOnce(upstream)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (!WORTH_A_RETRY.has(code) || Date.now() > deadline || isGivenUp()) throw error
      await sleep(RETRY_EVERY_MS)
    }
  }
}

function connectOnce(upstream: NetConnectOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(upstream)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
  })
}
