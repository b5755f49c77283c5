import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { builtClient, createApp } from './app.ts'
import { appRoot, readEnv } from './env.ts'
import { loadEnvFiles } from './load-env-files.ts'
import { openMemberStore } from './members/member-store.ts'
import { openProjectStore } from './projects/project-store.ts'
import { appVerifier } from './verifier.ts'

const distDir = path.join(appRoot, 'dist')

try {
  loadEnvFiles()
  const env = readEnv()
  if (!existsSync(path.join(distDir, 'index.html'))) {
    console.log('dist/ is not there yet: building the client once')
    const { build } = await import('vite')
    await build({ root: appRoot, logLevel: 'warn' })
  }
  const store = openProjectStore(path.join(env.dataDir, 'projects.db'))
  const members = openMemberStore(path.join(env.dataDir, 'members.db'))
  const client = builtClient(distDir)
  const app = createApp({
    env,
    store,
    members,
    verifier: appVerifier(env),
    client,
    isProduction: true,
  })

  const server = app.listen(env.port, env.host, (error?: Error) => {
    if (error) return fail(error)
    const { port } = server.address() as AddressInfo
    console.log(`Sample app on ${env.appOrigin} (listening on ${env.host}:${port})`)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      server.close(() => {
        store.close()
        members.close()
      })
      server.closeIdleConnections()
    })
  }
} catch (error) {
  fail(error)
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
