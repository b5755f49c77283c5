import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** A TCP proxy in front of PostgreSQL that is slow, counts, or cuts what it is told to. */
export interface PostgresProxy {
  port: number
  /** Adds this to every round trip. */
  delayMilliseconds: number
  /** Times that a client by that application name sent something after the server had answered. */
  roundTrips(applicationName: string): number
  /** Ends all connections and takes no new ones, until told otherwise. */
  refuse(isRefused: boolean): void
  /** What becomes of connections by that application name (PostgreSQL's startup packet says it). */
  cut(applicationName: string, how: 'reset' | 'silence' | 'mend'): void
  close(): Promise<void>
}

interface Pipe {
  client: Socket
  server: Socket
  name: string
}

export async function openPostgresProxy(target: { port: number }): Promise<PostgresProxy> {
  const pipes = new Set<Pipe>()
  const cuts = new Map<string, 'reset' | 'silence'>()
  const trips = new Map<string, number>()
  let isRefusing = false
  const proxy = createServer((client) => {
    if (isRefusing) {
      client.destroy()
      return
    }
    const server = createConnection({ host: '127.0.0.1', port: target.port })
    const pipe: Pipe = { client, server, name: '' }
    pipes.add(pipe)
    const end = () => {
      pipes.delete(pipe)
      client.destroy()
      server.destroy()
    }
    let serverSpokeLast = true
    client.on('data', (data) => {
      pipe.name ||= /application_name\0([^\0]+)\0/.exec(data.toString('latin1'))?.[1] ?? ''
      const cut = cuts.get(pipe.name)
      if (cut === 'reset') end()
      if (cut) return
      if (serverSpokeLast) trips.set(pipe.name, (trips.get(pipe.name) ?? 0) + 1)
      serverSpokeLast = false
      server.write(data)
    })
    server.on('data', (data) => {
      const pass = () => {
        // What the client sends before it has this is of the same trip.
        serverSpokeLast = true
        if (!cuts.has(pipe.name)) client.write(data)
      }
      // Timers of the same length keep their order, and so do the bytes.
      if (state.delayMilliseconds > 0) setTimeout(pass, state.delayMilliseconds)
      else pass()
    })
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const state: PostgresProxy = {
    port: (proxy.address() as AddressInfo).port,
    delayMilliseconds: 0,
    roundTrips: (name) => trips.get(name) ?? 0,
    refuse(isRefused) {
      isRefusing = isRefused
      if (isRefused) for (const { client } of pipes) client.destroy()
    },
    cut(name, how) {
      const own = [...pipes].filter((pipe) => pipe.name === name)
      if (how === 'mend') cuts.delete(name)
      else cuts.set(name, how)
      // After a silence the connection is broken all the same: bytes are missing.
      if (how !== 'silence') for (const { client } of own) client.destroy()
    },
    async close() {
      for (const { client, server } of pipes) {
        client.destroy()
        server.destroy()
      }
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
  return state
}
