import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Access } from '../access/access.ts'
import { type Mode, modes } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import { RequestFigures } from './request-figures.ts'

export interface Metrics {
  /** `route` is the template (`/organizations/:orgId`), never a path: ids would be a series each. */
  request(method: string, route: string, status: number, seconds: number): void
  /** Counts an answer that was no success, by its code. */
  problem(code: string): void
  /** More that is to be shown; `name` begins with `authstack_`. See `outbox` for an example. */
  registry: Registry
  /** The page in Prometheus' text format. A part that does not answer is left out, not waited for. */
  render(): Promise<string>
}

const ASK_MILLISECONDS = 500

/** Made once a process. Names and labels are an interface: dashboards of customers build on them. */
export function openMetrics({ db, access }: { db: Database; access: Access }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  // CPU, memory, handles, garbage collection, and the lag of the event loop.
  collectDefaultMetrics({ register: registry })
  const requests = new RequestFigures()
  // The registry wants a `name` and a `get()`; its type wants one of the library's own classes.
  registry.registerMetric(requests as never)
  const problems = new Counter({
    name: 'authstack_http_problems_total',
    help: 'Answers that were no success, by error code',
    labelNames: ['code'],
    registers,
  })
  watchPools(db, registers)
  watchCaches(access, registers)
  watchOutbox(db, registers)
  return {
    registry,
    request: (method, route, status, seconds) => requests.add(method, route, status, seconds),
    problem: (code) => problems.inc({ code }),
    render: () => registry.metrics(),
  }
}

function watchPools(db: Database, registers: Registry[]): void {
  new Gauge({
    name: 'authstack_db_connections',
    help: 'Connections to PostgreSQL by pool; "waiting" are requests that want one',
    labelNames: ['mode', 'pool', 'state'],
    registers,
    collect() {
      for (const { mode, pool, ...states } of db.poolUse()) {
        for (const [state, count] of Object.entries(states)) {
          this.set({ mode, pool, state }, count)
        }
      }
    },
  })
}

function watchCaches(access: Access, registers: Registry[]): void {
  new Counter({
    name: 'authstack_access_lookups_total',
    help: 'Questions of who may do what, answered from memory (hit) or by asking (miss)',
    labelNames: ['mode', 'cache', 'result'],
    registers,
    collect() {
      this.reset()
      for (const { mode, cache, hits, misses } of access.report()) {
        this.inc({ mode, cache, result: 'hit' }, hits)
        this.inc({ mode, cache, result: 'miss' }, misses)
      }
    },
  })
  new Gauge({
    name: 'authstack_access_entries',
    help: 'Answers that are remembered',
    labelNames: ['mode', 'cache'],
    registers,
    collect() {
      for (const { mode, cache, entries } of access.report()) this.set({ mode, cache }, entries)
    },
  })
}

function watchOutbox(db: Database, registers: Registry[]): void {
  new Gauge({
    name: 'authstack_outbox_waiting',
    help: 'Mails and jobs that are written and not yet done',
    labelNames: ['mode'],
    registers,
    async collect() {
      this.reset()
      await Promise.all(
        modes.map(async (mode) => {
          const waiting = await inTime(countOutbox(db, mode))
          if (waiting !== null) this.set({ mode }, waiting)
        }),
      )
    },
  })
}

async function countOutbox(db: Database, mode: Mode): Promise<number> {
  const row = await db
    .hubQuery(mode)('outbox')
    .whereNull('sent_at')
    .whereNull('failed_at')
    .count('id as waiting')
    .first()
  return Number(row?.waiting)
}

/** What was asked, or null when it fails or takes long: a page of figures must come when all is slow. */
async function inTime<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ASK_MILLISECONDS, null)
  })
  try {
    return await Promise.race([asked, late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
