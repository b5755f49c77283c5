import { Problem } from '../errors.ts'

/** More than this waiting for one address is no person. */
const WAITING_MAX = 10

const queues = new Map<string, { last: Promise<unknown>; waiting: number }>()

/**
 * Runs the checks of one address one after the other. Keycloak refuses a second login of a person
 * while the first is being checked, as if the password were wrong: two tabs that sign in at the same
 * moment would get a 401. It also keeps a burst of guesses behind the throttle.
 */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(name) ?? { last: Promise.resolve(), waiting: 0 }
  if (queue.waiting >= WAITING_MAX) {
    throw new Problem('too_many_attempts', { retryAfterSeconds: 1 })
  }
  queue.waiting += 1
  queues.set(name, queue)
  const mine = queue.last.then(work, work)
  queue.last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    queue.waiting -= 1
    if (queue.waiting === 0) queues.delete(name)
  }
}
