import { setTimeout as sleep } from 'node:timers/promises'
import { type Mode, modes } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { isLiveColour } from './is-live-colour.ts'
import type { OutboxHandler } from './outbox-handler.ts'
import { openOutboxQueue } from './outbox-queue.ts'
import { afterFault, claimRow, type DueRow, dueRows, settleRow } from './outbox-rows.ts'

type Needs = Pick<Services, 'db' | 'env' | 'log'>

/** NOTIFY wakes at once; the poll is for retries, for what a lost connection missed and what Redis lost. */
const pollMs = 5000
/** While more waits than one look takes. */
const backlogMs = 200
const batchSize = 200

/**
 * Works the outbox, at least once. One process of all does (`db.lead`), and only while it is the live
 * colour: what is sent is worded and signed by the version that people see. Rows are claimed in
 * PostgreSQL besides, so that two that both believe to lead still work no row twice.
 */
export function startOutbox(services: Needs, handlers: OutboxHandler[]): { stop(): Promise<void> } {
  const leaders = modes.map((mode) =>
    services.db.lead(
      mode,
      'outbox',
      async (signal) => {
        services.log.info({ mode }, 'working the outbox')
        await Promise.all(handlers.map((handler) => runLane(services, handler, mode, signal)))
        services.log.info({ mode }, 'no longer working the outbox')
      },
      () => isLiveColour(services.env.listen),
    ),
  )
  return {
    async stop() {
      await Promise.all(leaders.map((leader) => leader.stop()))
      for (const handler of handlers) handler.close?.()
    },
  }
}

/** Mails and webhooks have a lane each: slow receivers of the one do not hold up the other. */
async function runLane(
  services: Needs,
  handler: OutboxHandler,
  mode: Mode,
  signal: AbortSignal,
): Promise<void> {
  const { db, env, log } = services
  const { kind, concurrency } = handler
  const queue = openOutboxQueue({
    redisUrl: env.redisUrl,
    prefix: `${env.project}:${env.environment}:outbox`,
    name: `${mode}-${kind}`,
    concurrency,
    work: (id) => workRow(services, handler, mode, id),
    log,
  })
  let wake = new AbortController()
  const listener = db.listen(mode, 'outbox', () => wake.abort())
  try {
    while (!signal.aborted) {
      // Before the look, so that a NOTIFY during it starts another one.
      wake = new AbortController()
      const due = await dueRows(db.hubQuery(mode), kind, batchSize).catch((error): DueRow[] => {
        log.warn({ err: error, mode, kind }, 'The outbox could not reach the database')
        return []
      })
      if (due.length > 0 && !(await queue.add(due))) {
        // Without Redis nothing waits: the rows are worked here, by the same claims.
        await workAll(due, concurrency, signal, ({ id }) => workRow(services, handler, mode, id))
      }
      const pause = due.length === batchSize ? backlogMs : pollMs
      const awake = AbortSignal.any([signal, wake.signal])
      await sleep(pause, undefined, { signal: awake, ref: false }).catch(() => {})
    }
  } finally {
    await Promise.all([listener.stop(), queue.close()])
  }
}

/** One row from claim to outcome. Never throws: a row that went wrong is found again by the poll. */
async function workRow(
  { db, log }: Needs,
  handler: OutboxHandler,
  mode: Mode,
  id: string,
): Promise<void> {
  const facts = { outbox: id, kind: handler.kind, mode }
  try {
    const hub = db.hubQuery(mode)
    const row = await claimRow(hub, handler.kind, id)
    if (!row) return
    const outcome = await handler.run(mode, row).catch((error) => {
      log.warn({ ...facts, err: error, attempts: row.attempts }, 'An outbox row has to wait')
      return afterFault(row, error)
    })
    await settleRow(hub, row, outcome)
  } catch (error) {
    log.warn({ ...facts, err: error }, 'The outbox could not reach the database')
  }
}

async function workAll<T>(
  items: T[],
  concurrency: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]()
  const worker = async () => {
    for (const item of left) {
      if (signal.aborted) return
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}
