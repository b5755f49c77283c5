import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** The channel of migration 0060. */
export const ACCESS_CHANNEL = 'access'

/** Between two questions on the listening connection. */
const BEAT_MILLISECONDS = 300
/** A connection that has not answered for this long is taken for cut, also when no socket said so. */
const SILENCE_MILLISECONDS = 1500
const RETRY_MILLISECONDS = 500

export interface AccessListener {
  /** A row that decides access has changed: the trigger's words, like `session <id>`. */
  changed(payload: string): void
  /** Changes may have been missed: nothing known from before this call may be used any more. */
  missed(): void
}

/** What of access has changed in one mode's database. */
export interface AccessFeed {
  /**
   * The moment (of `performance.now`) up to which every change is known to have been heard;
   * `-Infinity` while nobody listens. It follows the clock by a fraction of a second while all is well.
   */
  heardUntil(): number
  stop(): Promise<void>
}

/**
 * Listens on a connection of its own, and asks it all the time whether it still answers: a network
 * that swallows packets closes no socket. The answer to a question proves that whatever was committed
 * before it was asked has been delivered, since PostgreSQL sends waiting notifications first.
 */
export function openAccessFeed(config: pg.ClientConfig, listener: AccessListener): AccessFeed {
  const stopping = new AbortController()
  let heardUntil = Number.NEGATIVE_INFINITY
  let client: pg.Client | null = null

  const loop = (async () => {
    while (!stopping.signal.aborted) {
      client = new pg.Client({ ...config, query_timeout: SILENCE_MILLISECONDS })
      client.on('notification', ({ payload }) => listener.changed(payload ?? ''))
      await listenUntilLost(client).catch(() => {})
      heardUntil = Number.NEGATIVE_INFINITY
      listener.missed()
      // Not awaited: a cut connection answers no goodbye.
      client.end().catch(() => {})
      await pause(RETRY_MILLISECONDS)
    }
  })()

  async function listenUntilLost(own: pg.Client): Promise<void> {
    // Without a listener an error of an idle connection would end the process.
    own.on('error', () => {})
    await own.connect()
    await own.query(`listen ${ACCESS_CHANNEL}`)
    // Only now: what was read before the LISTEN may have been overtaken by a change that nobody heard.
    listener.missed()
    while (!stopping.signal.aborted) {
      const askedAt = performance.now()
      await own.query('select 1')
      heardUntil = askedAt
      await pause(BEAT_MILLISECONDS)
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
  }

  return {
    heardUntil: () => heardUntil,
    async stop() {
      stopping.abort()
      // Not asked to end politely: a connection that is cut, or still being made, would not answer.
      client?.connection.stream.destroy()
      await loop
    },
  }
}
