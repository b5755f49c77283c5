import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { Problem, type ProblemCode } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { type CountedLimit, openCountedLimit } from './counted-limit.ts'
import { networkOf } from './network-of.ts'

/** What is spent on work or on a guess: exact, in Redis. Points per window of seconds. */
const WINDOWS = {
  /** Sign-ups of one address. A sign-up costs a bcrypt hash and a mail. */
  signup: { points: 200, seconds: 3600 },
  /** Mails to one address, whoever asks: nobody's mailbox is flooded through us. */
  mail: { points: 6, seconds: 3600 },
  /** Invitations of one person: cancelled ones free their places, and each mails a stranger. */
  invitation: { points: 200, seconds: 3600 },
  /** Guesses of mailed links, codes and refresh tokens by one address. */
  guess: { points: 300, seconds: 900 },
  /** Questions to the DNS for one organization: they go to servers of anybody's choosing. */
  dns: { points: 120, seconds: 900 },
} as const

/** All requests in a minute. Generous for people, tight for scripts; the settings may say otherwise. */
const REQUESTS = { ip: 3000, key: 6000, user: 1200 }

/** `ip`: of one address; `key`: with one key, so that no runaway app starves another; `user`: of one person. */
export type RequestLimitName = keyof typeof REQUESTS
export type LimitName = keyof typeof WINDOWS

/** Their id is the caller's address. */
const BY_ADDRESS = new Set<LimitName>(['signup', 'guess'])

export interface Limits {
  /**
   * Counts a request in this process, without waiting for anybody; throws 429 `rate_limited`. See
   * counted-limit.ts for how far two processes together can go over.
   */
  count(limit: RequestLimitName, id: string): void
  /** Spends one point, or throws 429 `rate_limited` with the seconds to wait. */
  spend(limit: LimitName, id: string): Promise<void>
  login: LoginThrottle
}

/**
 * Counts failed logins only, so that a person with the right password is never slowed down. The
 * attempt is spent before the password is checked and given back after: a burst of parallel guesses
 * cannot all pass a check that comes first.
 */
export interface LoginThrottle {
  /** Throws 429 `too_many_attempts` when the identifier or the address has used up its attempts. */
  attempt(identifier: string, ip: string): Promise<LoginAttempt>
  /** Forgets the failures of an identifier (an operator's unlock, a password reset). */
  forget(identifier: string): Promise<void>
}

export interface LoginAttempt {
  /** The password was right. */
  succeeded(): Promise<void>
  /** It was wrong. The last one allowed starts the wait anew, as it does in Keycloak. */
  failed(): Promise<void>
  /** It could not be checked (Keycloak away): nobody's fault. */
  undone(): Promise<void>
}

/** An address may try this many identifiers' worth of failures before it is stopped. */
const ADDRESS_FACTOR = 40
const LOCKOUT_MARGIN_SECONDS = 5

/** Limits in Redis, kept in this process while Redis is away: a Redis outage opens no door. */
export function openLimits(redis: Redis, settings: Settings, prefix: string): Limits {
  const perMinute = settings.security.requestsPerMinute
  const counted = (name: RequestLimitName, points = REQUESTS[name]) =>
    openCountedLimit({ limiter: limiter(name, points, 60), points, seconds: 60 })
  const limiter = (name: string, points: number, seconds: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${prefix}:${name}`,
      points,
      duration: seconds,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
    })
  const limiters = Object.fromEntries(
    Object.entries(WINDOWS).map(([name, w]) => [name, limiter(name, w.points, w.seconds)]),
  ) as Record<LimitName, RateLimiterRedis>
  const { attempts, windowMinutes } = settings.security.loginThrottle
  const byIdentifier = limiter('login', attempts, windowMinutes * 60)
  const byAddress = limiter('login-ip', attempts * ADDRESS_FACTOR, windowMinutes * 60)
  const requests: Record<RequestLimitName, CountedLimit> = {
    ip: counted('ip', perMinute?.address),
    key: counted('key', perMinute?.key),
    user: counted('user', perMinute?.person),
  }
  return {
    count(limit, id) {
      requests[limit].count(limit === 'ip' ? networkOf(id) : id)
    },
    async spend(limit, id) {
      const spender = BY_ADDRESS.has(limit) ? networkOf(id) : id
      await orRefuse(limiters[limit].consume(spender), 'rate_limited')
    },
    login: {
      async attempt(identifier, ip) {
        await orRefuse(byAddress.consume(ip), 'too_many_attempts')
        const spent = await orRefuse(byIdentifier.consume(identifier), 'too_many_attempts')
        return {
          async failed() {
            if (spent.remainingPoints > 0) return
            // Keycloak's lockout begins now, not at the first failure. If ours ended sooner, the
            // right password would be answered as a wrong one.
            await byIdentifier.block(identifier, windowMinutes * 60 + LOCKOUT_MARGIN_SECONDS)
          },
          async succeeded() {
            await Promise.all([byIdentifier.delete(identifier), byAddress.reward(ip)])
          },
          async undone() {
            await Promise.all([byIdentifier.reward(identifier), byAddress.reward(ip)])
          },
        }
      },
      async forget(identifier) {
        await byIdentifier.delete(identifier)
      },
    },
  }
}

async function orRefuse(
  spent: Promise<RateLimiterRes>,
  code: ProblemCode,
): Promise<RateLimiterRes> {
  try {
    return await spent
  } catch (refusal) {
    if (refusal instanceof Error) throw refusal
    throw new Problem(code, {
      detail: 'Too many attempts. Wait a while and try again.',
      retryAfterSeconds: Math.max(1, (refusal as RateLimiterRes).msBeforeNext / 1000),
    })
  }
}
