import type { RateLimiterRedis } from 'rate-limiter-flexible'
import { Problem } from '../errors.ts'

export interface CountedLimit {
  /** Counts one, or throws 429 `rate_limited`. Waits for nobody. */
  count(id: string): void
}

interface CountedLimitOptions {
  /** Where processes add up what they counted; it must have an insurance for when Redis is away. */
  limiter: Pick<RateLimiterRedis, 'penalty'>
  points: number
  seconds: number
}

interface Count {
  /** What all processes together had reported when we last did. */
  shared: number
  /** Counted here and not yet reported. */
  own: number
  /** Under way to Redis. */
  reporting: number
  /** `performance.now()` at which the window ends. */
  endsAt: number
}

const IDS_MAX = 50_000
const REPORT_MILLISECONDS = 1000
/** A process that has counted this part of a limit reports at once. */
const PART = 0.05

/**
 * A limit that is counted in this process and added up in Redis once a second, or when a twentieth of
 * it has been used since the last report. So a request costs no round trip, and N processes together
 * let through the limit and at most N twentieths of it more (two colours: 110 %), plus what arrives
 * while a report is under way. With Redis away each process counts for itself.
 */
export function openCountedLimit(options: CountedLimitOptions): CountedLimit {
  const { points, seconds } = options
  const reportAt = Math.max(1, Math.floor(points * PART))
  // The first in it is the one whose window began longest ago.
  const counts = new Map<string, Count>()
  const unreported = new Set<string>()
  let isWaiting = false

  function report(id: string, count: Count): void {
    const own = count.own
    count.own = 0
    count.reporting += own
    options.limiter
      .penalty(id, own)
      .then((answer) => {
        count.shared = answer.consumedPoints
        count.endsAt = performance.now() + answer.msBeforeNext
      })
      .catch(() => {
        // Neither Redis nor the insurance took it: what was counted here still counts.
        count.shared += own
      })
      .finally(() => {
        count.reporting -= own
      })
  }

  function reportAll(): void {
    isWaiting = false
    for (const id of unreported) {
      const count = counts.get(id)
      if (count && count.own > 0) report(id, count)
    }
    unreported.clear()
  }

  function current(id: string): Count {
    const now = performance.now()
    const known = counts.get(id)
    if (known && now < known.endsAt) return known
    counts.delete(id)
    if (counts.size >= IDS_MAX) makeRoom()
    const fresh = { shared: 0, own: 0, reporting: 0, endsAt: now + seconds * 1000 }
    counts.set(id, fresh)
    return fresh
  }

  /** Pushed out by many others; what it had counted is not lost. */
  function makeRoom(): void {
    const [oldest] = counts
    if (!oldest) return
    const [id, count] = oldest
    counts.delete(id)
    if (count.own > 0) report(id, count)
  }

  return {
    count(id) {
      const count = current(id)
      if (count.shared + count.reporting + count.own >= points) {
        throw new Problem('rate_limited', {
          detail: 'Too many attempts. Wait a while and try again.',
          retryAfterSeconds: Math.max(1, (count.endsAt - performance.now()) / 1000),
        })
      }
      count.own += 1
      if (count.own >= reportAt) report(id, count)
      else if (count.own === 1) {
        unreported.add(id)
        if (!isWaiting) setTimeout(reportAll, REPORT_MILLISECONDS).unref()
        isWaiting = true
      }
    },
  }
}
