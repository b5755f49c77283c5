import { createServer as createHttpServer } from 'node:http'
import path from 'node:path'
import { createServer as createVite } from 'vite'
import { createApp } from './app.ts'
import { appRoot, readEnv } from './env.ts'
import { loadEnvFiles } from './load-env-files.ts'
import { openMemberStore } from './members/member-store.ts'
import { openProjectStore } from './projects/project-store.ts'
import { appVerifier } from './verifier.ts'

// One process and one origin in development too, so cookies and CORS behave as in production.
loadEnvFiles()
const env = readEnv()
const server = createHttpServer()
const vite = await createVite({
  root: appRoot,
  server: { middlewareMode: true, hmr: { server } },
})
const store = openProjectStore(path.join(env.dataDir, 'projects.db'))
server.on(
  'request',
  createApp({
    env,
    store,
    members: openMemberStore(path.join(env.dataDir, 'members.db')),
    verifier: appVerifier(env),
    client: [vite.middlewares],
    isProduction: false,
  }),
)
server.listen(env.port, env.host, () => {
  console.log(`Sample app on ${env.appOrigin}, reloading as you type`)
})
