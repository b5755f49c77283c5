import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible'
import { Problem, type ProblemCode } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { networkOf } from './network-of.ts'

/** Points per window of seconds. Generous for people, tight for scripts. */
const WINDOWS = {
  /** All requests of one address. */
  ip: { points: 3000, seconds: 60 },
  /** All requests with one key: one runaway app must not starve another. */
  key: { points: 6000, seconds: 60 },
  /** All requests of one signed-in person. */
  user: { points: 1200, seconds: 60 },
  /** Sign-ups of one address. A sign-up costs a bcrypt hash and a mail. */
  signup: { points: 200, seconds: 3600 },
  /** Mails to one address, whoever asks: nobody's mailbox is flooded through us. */
  mail: { points: 6, seconds: 3600 },
  /** Invitations of one person: cancelled ones free their places, and each mails a stranger. */
  invitation: { points: 200, seconds: 3600 },
  /** Guesses of mailed links, codes and refresh tokens by one address. */
  guess: { points: 300, seconds: 900 },
} as const

export type LimitName = keyof typeof WINDOWS

/** Their id is the caller's address. */
const BY_ADDRESS = new Set<LimitName>(['ip', 'signup', 'guess'])

export interface Limits {
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
  return {
    async spend(limit, id) {
      const counted = BY_ADDRESS.has(limit) ? networkOf(id) : id
      await orRefuse(limiters[limit].consume(counted), 'rate_limited')
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
