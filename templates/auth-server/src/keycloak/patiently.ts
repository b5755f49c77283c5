import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../errors.ts'

/** How long a task of a deploy waits for one call: the first realm on a cold Keycloak is the slowest. */
export const TASK_CALL_MILLISECONDS = 120_000
const PATIENCE_MILLISECONDS = 180_000
const PAUSE_MILLISECONDS = 3000

/** Tries again while Keycloak is only slow or still coming up: each step can be done twice. */
export async function patiently<T>(step: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MILLISECONDS
  for (;;) {
    try {
      return await step()
    } catch (error) {
      const isAway = error instanceof Problem && error.code === 'unavailable'
      if (!isAway || Date.now() > end) throw error
      await sleep(PAUSE_MILLISECONDS)
    }
  }
}
