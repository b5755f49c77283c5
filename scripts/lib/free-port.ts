import { createServer } from 'node:net'

/** A loopback TCP port nobody listens on: `preferred` when it is free, else one the system picks. */
export async function findFreePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await canListen(preferred)) !== null) return preferred
  const port = await canListen(0)
  if (port === null) throw new Error('no free port on 127.0.0.1')
  return port
}

function canListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const taken = typeof address === 'object' && address ? address.port : null
      server.close(() => resolve(taken))
    })
  })
}
