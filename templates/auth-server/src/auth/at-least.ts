import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Answers no sooner than `milliseconds`, whether it went well or not. Work for a known address takes
 * longer than for an unknown one; without a floor the clock would tell which addresses have accounts.
 */
export async function atLeast<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work, sleep(milliseconds)])
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}
