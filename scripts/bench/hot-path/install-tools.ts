import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The peer and the load generator of the costs. Of no workspace: only this benchmark ever runs them. */
export const versions = { 'better-auth': '1.7.25', autocannon: '9.0.0', pg: '8.23.1' }

const VEGETA = 'github.com/tsenart/vegeta/v12@v12.13.0'

export type Load = (options: Record<string, unknown>) => Promise<{
  '2xx': number
  errors: number
  requests: { total: number }
  latency: { p99: number; p50: number }
}>

export type Tools = {
  /** Folder with `better-auth.mjs` and `bare.mjs` beside the packages that they import. */
  folder: string
  load: Load
  /** vegeta: requests at a steady rate, each timed from when it was due. */
  vegeta: string
}

/** Installs them into the cache once; a later run finds them there. */
export function installTools(): Tools {
  const cache = process.env.AUTHSTACK_CACHE ?? join(homedir(), '.cache', 'authstack')
  const folder = join(cache, 'bench', Object.values(versions).join('-'))
  if (!existsSync(join(folder, 'node_modules', 'autocannon'))) {
    mkdirSync(folder, { recursive: true })
    const wanted = { private: true, type: 'module', dependencies: versions }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted))
    const { status } = spawnSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    if (status !== 0) throw new Error('The peer could not be installed from npm')
  }
  for (const name of ['bare.mjs', 'better-auth.mjs']) {
    copyFileSync(join(import.meta.dirname, 'servers', name), join(folder, name))
  }
  const load = createRequire(join(folder, 'package.json'))('autocannon') as Load
  return { folder, load, vegeta: installVegeta(cache) }
}

/** From its Go module: autocannon sends the requests of a second in one burst, which is no steady rate. */
function installVegeta(cache: string): string {
  const folder = join(cache, 'bench', VEGETA.replaceAll(/[^\w.-]/g, '-'))
  const program = join(folder, 'vegeta')
  if (existsSync(program)) return program
  const { status, error } = spawnSync('go', ['install', VEGETA], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (error || status !== 0) {
    throw new Error('The storm is measured with vegeta, which is built with Go 1.22 or newer')
  }
  return program
}
