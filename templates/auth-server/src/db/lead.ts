import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** How soon another process takes over from one that ended or resigned: the others ask this often. */
const askEveryMs = 500

/** Runs until its signal says "stop". */
export type Work = (signal: AbortSignal) => Promise<void>
/** Asked again and again: who may not (any more) resigns, or does not begin. */
export type MayLead = () => Promise<boolean>

/**
 * Runs `work` in ONE process of all that ask for the same name: the one that holds PostgreSQL's
 * advisory lock, on a connection of its own. A holder that dies loses the lock with its connection.
 *
 * `work` gets a signal that says "stop": the process ends, it may no longer lead, or the connection
 * (and so the lock) is lost. A lost connection is noticed a moment after the lock is free: what must
 * not happen twice needs a row lock besides.
 */
export function lead(
  config: pg.ClientConfig,
  name: string,
  work: Work,
  mayLead: MayLead = async () => true,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await holdAndWork(config, name, work, mayLead, stopping.signal).catch(() => {})
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
  work: Work,
  mayLead: MayLead,
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController()
  const client = new pg.Client({ ...config, keepAlive: true })
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  const ending = AbortSignal.any([stopping, lost.signal])
  try {
    await client.connect()
    while (!ending.aborted && !((await mayLead()) && (await tryLock(client, name)))) {
      await pause(askEveryMs, ending)
    }
    if (!ending.aborted) await work(untilResigned(mayLead, ending))
  } finally {
    // Ends the session, and with it the lock.
    await client.end().catch(() => {})
  }
}

function untilResigned(mayLead: MayLead, ending: AbortSignal): AbortSignal {
  const resigned = new AbortController()
  void (async () => {
    while (!ending.aborted && (await mayLead().catch(() => true))) await pause(askEveryMs, ending)
    resigned.abort()
  })()
  return resigned.signal
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
