import { createFront } from './front-server.ts'

/** The front as a process of its own: `node run-front.js <port> <publicUrl> <liveSocket> <kcPort>`. */
const [port, publicUrl = '', liveSocket = '', keycloakPort] = process.argv.slice(2)
const server = createFront({ publicUrl, liveSocket, keycloakPort: Number(keycloakPort) })
server.listen(Number(port), '127.0.0.1', () => console.log(`front listens on 127.0.0.1:${port}`))
process.on('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 3000).unref()
})
