import { UserError } from '../errors.ts'
import { openOperator } from '../operator/operator-client.ts'
import type { Instance } from '../state/instance.ts'
import { type Check, ok } from './check.ts'

/**
 * Organizations that one instance is known to carry: the largest size of docs/benchmarks.md at which
 * nothing had become slow. Each has a Keycloak realm, which takes memory and start-up time for ever.
 */
export const organizationsKnown = 500
/** From this share of the limit on it is time to think. */
const nearlyFull = 0.8
const timeoutMs = 5_000

type Status = { organizations?: { count: number; max: number } | null }

/** How many organizations there are against what the settings allow and what was measured; null when nobody answers. */
export async function checkCapacity(instance: Instance): Promise<Check | null> {
  try {
    const operator = await openOperator(instance, 'live', AbortSignal.timeout(timeoutMs))
    const status = await operator.call<Status | null>({ method: 'GET', path: '/status' })
    // A version of before this was counted says nothing.
    return status?.organizations ? judge(status.organizations) : null
  } catch (error) {
    // An instance that is down is what the check of its processes tells.
    if (error instanceof UserError) return null
    throw error
  }
}

/** @internal Exported for its test. */
export function judge({ count, max }: { count: number; max: number }): Check {
  const detail = `${count} of at most ${max}`
  const check = ok('organizations', 'Organizations', detail)
  if (count >= organizationsKnown) {
    return {
      ...check,
      status: 'warn',
      detail: `${detail}; restarts and memory are measured up to ${organizationsKnown}`,
      next: 'Plan a second instance for new customers: docs/benchmarks.md says what each hundred costs',
    }
  }
  if (count >= max * nearlyFull) {
    return {
      ...check,
      status: 'warn',
      detail: `${detail}: nearly full`,
      next: 'Raise organizations.max in authstack.config.ts and deploy, or delete what is not used',
    }
  }
  return check
}
