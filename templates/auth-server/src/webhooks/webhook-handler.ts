import type { Knex } from 'knex'
import type { OutboxHandler, Outcome } from '../outbox/outbox-handler.ts'
import type { Services } from '../services.ts'
import { attemptDelivery } from './attempt-delivery.ts'
import { type DeliveryRow, disabledReason, findDelivery } from './delivery.ts'
import { deliverySchema } from './enqueue-deliveries.ts'
import type { PostOptions, PostResult } from './post-to-endpoint.ts'
import { secondsToNextAttempt } from './retry-schedule.ts'
import { endpointId } from './webhook-settings.ts'

type Needs = Pick<Services, 'db' | 'env' | 'settings' | 'log'>

/**
 * Calls at once of an endpoint whose last call hung or crawled: it must not hold the places of all
 * the others. One that answers has no limit of its own.
 */
const troubledMax = 2
const troubledMs = 2000
const busySeconds = 10
const youngMs = 120_000

/** Delivers the events of the outbox. Throws at the start when an endpoint may not be called at all. */
export function webhookHandler(services: Needs, options: Partial<PostOptions> = {}): OutboxHandler {
  refusePlainEndpoints(services)
  const inWork = new Map<string, number>()
  const troubled = new Set<string>()
  return {
    kind: 'webhook',
    concurrency: 20,
    async run(mode, row) {
      if (row.schema > deliverySchema) {
        throw new Error(`Webhook schema ${row.schema} is of a newer version`)
      }
      const { deliveryId } = row.payload as { deliveryId: string }
      const hub = services.db.hubQuery(mode)
      const delivery = await findDelivery(hub, deliveryId)
      const done: Outcome = { done: { keep: { deliveryId } } }
      if (delivery?.state !== 'pending') return done
      const endpoint = services.settings.webhooks.find(
        (one) => endpointId(one) === delivery.endpoint_id,
      )
      if (!endpoint && isYoung(delivery)) {
        return { retry: { afterSeconds: 10, error: 'Unknown endpoint', isAttempt: false } }
      }
      if (!endpoint || (await disabledReason(hub, delivery.endpoint_id)) !== null) {
        await hub('webhook_deliveries')
          .where({ id: delivery.id })
          .update({ state: 'skipped', next_attempt_at: null })
        return done
      }
      const calls = inWork.get(delivery.endpoint_id) ?? 0
      if (troubled.has(delivery.endpoint_id) && calls >= troubledMax) {
        const error = 'The endpoint is busy'
        return { retry: { afterSeconds: busySeconds, error, isAttempt: false } }
      }
      inWork.set(delivery.endpoint_id, calls + 1)
      try {
        const result = await attemptDelivery(services, endpoint, delivery, options)
        if (result.milliseconds > troubledMs) troubled.add(delivery.endpoint_id)
        else troubled.delete(delivery.endpoint_id)
        const outcome = outcomeOf(result, row.attempts, done)
        await services.db.hub(mode, (trx) => recordAttempt(trx, delivery, result, outcome))
        tell(services, delivery, result, outcome)
        return outcome
      } finally {
        inWork.set(delivery.endpoint_id, (inWork.get(delivery.endpoint_id) ?? 1) - 1)
      }
    },
  }
}

/**
 * While a deploy drains the old version, that one still works the outbox, and the new version may
 * have left events for an endpoint that only its own settings name.
 */
function isYoung({ created_at }: DeliveryRow): boolean {
  return Date.now() - created_at.getTime() < youngMs
}

function outcomeOf(result: PostResult, attempts: number, done: Outcome): Outcome {
  const { status, error, retryAfterSeconds } = result
  if (isSuccess(result)) return done
  const what = error ?? `The endpoint answered ${status}`
  if (status === 410) return { givenUp: 'The endpoint is gone (410)' }
  const afterSeconds = secondsToNextAttempt(attempts, retryAfterSeconds)
  return afterSeconds === null ? { givenUp: what } : { retry: { afterSeconds, error: what } }
}

function isSuccess({ status }: PostResult): boolean {
  return status !== null && status >= 200 && status < 300
}

/** The log of one call, and where the delivery stands after it. */
async function recordAttempt(
  trx: Knex.Transaction,
  delivery: DeliveryRow,
  { status, milliseconds, response, error }: PostResult,
  outcome: Outcome,
): Promise<void> {
  const attempt = delivery.attempts + 1
  await trx('webhook_attempts')
    .insert({ delivery_id: delivery.id, attempt, status, milliseconds, response, error })
    .onConflict(['delivery_id', 'attempt'])
    .ignore()
  await trx('webhook_deliveries')
    .where({ id: delivery.id })
    .update({ attempts: attempt, ...standing(trx, outcome) })
  if (status !== 410) return
  // 410 is the receiver's word that nobody lives there any more.
  await trx('webhook_endpoints')
    .insert({
      id: delivery.endpoint_id,
      disabled_at: trx.fn.now(),
      disabled_reason: 'It answered 410 Gone',
    })
    .onConflict('id')
    .merge()
}

function standing(trx: Knex, outcome: Outcome): Record<string, unknown> {
  if ('done' in outcome) {
    return { state: 'delivered', delivered_at: trx.fn.now(), next_attempt_at: null }
  }
  if ('givenUp' in outcome) return { state: 'failed', next_attempt_at: null }
  const { afterSeconds } = outcome.retry
  return { next_attempt_at: trx.raw('now() + make_interval(secs => ?)', [afterSeconds]) }
}

function tell(
  { log }: Needs,
  { id, endpoint_id, type }: DeliveryRow,
  { status, milliseconds, error }: PostResult,
  outcome: Outcome,
): void {
  const facts = { delivery: id, endpoint: endpoint_id, type, status, milliseconds, error }
  if ('done' in outcome) log.info(facts, 'Webhook delivered')
  else if ('givenUp' in outcome) log.error(facts, 'A webhook was given up')
  else log.warn(facts, 'A webhook has to wait')
}

function refusePlainEndpoints({ env, settings }: Needs): void {
  for (const { url } of settings.webhooks) {
    const isPlain = new URL(url).protocol === 'http:'
    if (isPlain && env.environment !== 'local') {
      throw new Error(
        `authstack.config.ts: webhooks: ${url} must be https outside the local environment`,
      )
    }
  }
}
