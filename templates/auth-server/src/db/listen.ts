import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/**
 * Calls `onNotify` for every NOTIFY on the channel, on a connection of its own (a pool would hand it
 * to others). A lost connection is made again; what was missed meanwhile the caller's poll finds.
 */
export function listen(
  config: pg.ClientConfig,
  channel: string,
  onNotify: () => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let client: pg.Client | null = null
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      client = new pg.Client(config)
      client.on('notification', onNotify)
      await untilLost(client, channel).catch(() => {})
      await sleep(1000, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await client?.end().catch(() => {})
      await loop
    },
  }
}

async function untilLost(client: pg.Client, channel: string): Promise<void> {
  const lost = new Promise<void>((resolve) => {
    client.on('end', () => resolve())
    client.on('error', () => resolve())
  })
  await client.connect()
  await client.query(`listen ${client.escapeIdentifier(channel)}`)
  await lost
  await client.end().catch(() => {})
}
