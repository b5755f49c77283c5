import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** How soon another process takes over from one that ended: the idle colour asks this often. */
const askEveryMs = 500

/**
 * Runs `work` in ONE process of all that ask for the same name: the one that holds PostgreSQL's
 * advisory lock, on a connection of its own. A deploy has two colours alive for a while; the old one
 * holds the lock until it drains, so the new one starts when it has taken over, and one that never
 * becomes live never starts. A holder that dies loses the lock with its connection.
 *
 * `work` gets a signal that says "stop": the process ends, or the connection (and so the lock) is
 * lost. A lost connection is noticed a moment after the lock is free: what must not happen twice needs
 * a row lock besides.
 */
export function lead(
  config: pg.ClientConfig,
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await holdAndWork(config, name, work, stopping.signal).catch(() => {})
      await pause(1000, stopping.signal)
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await loop
    },
  }
}

async function holdAndWork(
  config: pg.ClientConfig,
  name: string,
  work: (signal: AbortSignal) => Promise<void>,
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController()
  const client = new pg.Client({ ...config, keepAlive: true })
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  const ending = AbortSignal.any([stopping, lost.signal])
  try {
    await client.connect()
    while (!ending.aborted && !(await tryLock(client, name))) await pause(askEveryMs, ending)
    if (!ending.aborted) await work(ending)
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => {})
  }
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_lock(hashtextextended($1, 0)) as held`,
    [`authstack.lead.${name}`],
  )
  return rows[0]?.held === true
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {})
}
