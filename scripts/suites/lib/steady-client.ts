import { setTimeout as sleep } from 'node:timers/promises'
import { request } from './request.ts'

/** What a client saw that never stopped asking. */
export type Watched = { total: number; lost: string[]; seen: Set<string> }

const longestSeconds = 300

/**
 * Asks the same address without a pause, half of the time on fresh connections, until `stop` is called.
 * Anything but a 200 counts as lost. `seen` holds what `read` found in the answers.
 */
export function watchSteadily(
  url: string,
  headers: Record<string, string>,
  read: (body: Record<string, unknown>) => string,
): { stop: () => Promise<Watched> } {
  const watched: Watched = { total: 0, lost: [], seen: new Set() }
  const end = Date.now() + longestSeconds * 1000
  let isOver = false
  const ask = async (extra: Record<string, string>) => {
    while (!isOver && Date.now() < end) {
      watched.total++
      try {
        const answer = await request(url, { headers: { ...headers, ...extra }, timeoutMs: 15_000 })
        if (answer.status === 200) watched.seen.add(read(answer.body))
        else watched.lost.push(`${answer.status} ${answer.text.slice(0, 200)}`)
      } catch (error) {
        watched.lost.push(String(error))
      }
      // Four clients, within the 3000 requests that one address may send in a minute.
      await sleep(45)
    }
  }
  const clients = [ask({}), ask({ connection: 'close' }), ask({}), ask({ connection: 'close' })]
  return {
    stop: async () => {
      isOver = true
      await Promise.all(clients)
      return watched
    },
  }
}
