/** Seconds until the next try, after the first, the second ...: the schedule of Standard Webhooks. */
const scheduleSeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const retryAfterSecondsMax = 86_400

/** How often a delivery is tried in all, over a little more than three days. */
export const attemptsMax = scheduleSeconds.length + 1

/**
 * Seconds until the next try, or null when that was the last. Spread by a tenth to both sides, so
 * that what failed together does not come back together; never sooner than the receiver asked for.
 * @param attempts tries so far
 */
export function secondsToNextAttempt(
  attempts: number,
  retryAfterSeconds: number | null = null,
  random: () => number = Math.random,
): number | null {
  const planned = scheduleSeconds[attempts - 1]
  if (planned === undefined) return null
  const spread = planned * (0.9 + random() * 0.2)
  return Math.max(spread, Math.min(retryAfterSeconds ?? 0, retryAfterSecondsMax))
}
