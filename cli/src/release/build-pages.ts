import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FileDigests } from './manifest.ts'
import { runNpm } from './run-npm.ts'

/** Besides the modules, only these decide what Vite makes. */
const INPUTS =
  /^(?:web\/|extensions\/pages\/|vite\.config\.|tsconfig|package\.json$|authstack\.config\.ts$)/

/**
 * Builds `web/dist` in a release folder, or copies it from the cache when the same pages were built
 * before. A project without `web/` has no pages.
 */
export async function buildPages(
  folder: string,
  cacheRoot: string,
  files: FileDigests,
  modulesKey: string | null,
  signal?: AbortSignal,
): Promise<'built' | 'cached' | 'none'> {
  if (!existsSync(join(folder, 'web')) || !hasBuildScript(folder)) return 'none'
  const cached = join(cacheRoot, 'pages', pagesKey(files, modulesKey))
  const dist = join(folder, 'web/dist')
  if (existsSync(cached)) {
    cpSync(cached, dist, { recursive: true })
    return 'cached'
  }
  await runNpm(['run', 'build'], { cwd: folder, what: 'The hosted pages do not build', signal })
  if (!existsSync(dist)) return 'none'
  const copy = `${cached}.${process.pid}.tmp`
  mkdirSync(join(cacheRoot, 'pages'), { recursive: true, mode: 0o755 })
  cpSync(dist, copy, { recursive: true })
  if (existsSync(cached)) rmSync(copy, { recursive: true, force: true })
  else renameSync(copy, cached)
  return 'built'
}

function pagesKey(files: FileDigests, modulesKey: string | null): string {
  const hash = createHash('sha256').update(`${modulesKey}\n`)
  for (const path of Object.keys(files).sort()) {
    if (INPUTS.test(path)) hash.update(`${path}\0${files[path]}\n`)
  }
  return hash.digest('hex').slice(0, 20)
}

function hasBuildScript(folder: string): boolean {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>
  }
  return Boolean(scripts?.build)
}
