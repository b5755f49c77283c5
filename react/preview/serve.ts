import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

// A page with every component in every state, on stand-in data: `npm run preview`.
const port = Number(process.env.PORT ?? 4388)
const server = await createServer({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  server: { port, strictPort: true, host: '127.0.0.1', hmr: false, watch: null },
})
await server.listen()
console.log(`http://127.0.0.1:${port}/`)
