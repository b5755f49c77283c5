import { setTimeout as sleep } from 'node:timers/promises'
import { type Mode, modes } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { type BillingServices, syncSubscription } from './sync-subscription.ts'

const POLL_SECONDS = 30
const BATCH = 20
/** Stripe away, or one organization at fault: the others are not held up by it. */
const POSTPONE_MINUTES = 10

/**
 * Reads again what is due: a period or a grace that has ended, a payment page that is open. So events
 * that never came, because the instance was away for days or the webhook was never set up, are made
 * good. Safe to run in both colours: a standing is written once.
 */
export function keepSubscriptions(services: Services): { stop(): Promise<void> } {
  const { stripe } = services
  if (!stripe) return { stop: async () => {} }
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      for (const mode of modes) await keepDue({ ...services, stripe }, mode, stopping.signal)
      await sleep(POLL_SECONDS * 1000, undefined, { signal: stopping.signal, ref: false }).catch(
        () => {},
      )
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await loop
    },
  }
}

/** @internal Exported for its tests. */
export async function keepDue(
  services: BillingServices,
  mode: Mode,
  signal?: AbortSignal,
): Promise<void> {
  const { db, log } = services
  try {
    const { rows } = (await db
      .hubQuery(mode)
      .raw('select organization_id from definer.subscriptions_due(?)', [BATCH])) as {
      rows: { organization_id: string }[]
    }
    for (const { organization_id: organizationId } of rows) {
      if (signal?.aborted) return
      try {
        await syncSubscription(services, mode, organizationId)
      } catch (error) {
        log.warn({ err: error, organizationId, mode }, 'A subscription could not be read again')
        await db.tenantTransaction(mode, organizationId, (trx) =>
          trx('subscriptions')
            .where('tenant_id', organizationId)
            .update({ check_at: trx.raw(`now() + interval '${POSTPONE_MINUTES} minutes'`) }),
        )
      }
    }
  } catch (error) {
    log.warn({ err: error, mode }, 'Due subscriptions could not be found')
  }
}
