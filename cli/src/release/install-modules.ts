import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { runNpm } from './run-npm.ts'

/** All that decides what `npm ci` installs. */
const INPUTS = ['package.json', 'package-lock.json', '.npmrc']

/**
 * The name of the node_modules that a project's lockfile asks for: equal lockfiles (and vendored
 * tarballs) share one folder, on the same platform and Node major. null without a lockfile.
 */
export function modulesKey(folder: string): string | null {
  if (!existsSync(join(folder, 'package-lock.json'))) return null
  const hash = createHash('sha256')
  for (const name of inputFiles(folder))
    hash.update(`${name}\0`).update(readFileSync(join(folder, name)))
  hash.update(`${process.platform}-${process.arch}-${process.versions.node.split('.')[0]}`)
  return hash.digest('hex').slice(0, 20)
}

/** True when they are in the cache already, so no network is needed. */
export function hasModules(cacheRoot: string, key: string): boolean {
  return existsSync(modulesFolder(cacheRoot, key))
}

/**
 * Installs by `npm ci` into the cache unless it is there, and links it into the release as
 * `node_modules`. Installed beside and renamed, so that an interrupted install leaves nothing.
 */
export async function installModules(
  folder: string,
  cacheRoot: string,
  key: string,
  signal?: AbortSignal,
): Promise<void> {
  const target = modulesFolder(cacheRoot, key)
  if (!existsSync(target)) await install(folder, join(cacheRoot, 'modules', key), signal)
  const link = join(folder, 'node_modules')
  rmSync(link, { recursive: true, force: true })
  symlinkSync(target, link)
}

async function install(folder: string, home: string, signal?: AbortSignal): Promise<void> {
  const work = `${home}.${randomBytes(4).toString('hex')}.tmp`
  mkdirSync(work, { recursive: true, mode: 0o755 })
  try {
    for (const name of INPUTS) {
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(work, name))
    }
    if (existsSync(join(folder, 'vendor'))) {
      cpSync(join(folder, 'vendor'), join(work, 'vendor'), { recursive: true })
    }
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
    await runNpm(args, { cwd: work, what: 'npm ci failed', signal })
    mkdirSync(join(work, 'node_modules'), { recursive: true })
    // Another deploy may have been quicker; its folder is as good.
    if (!existsSync(home)) renameSync(work, home)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function modulesFolder(cacheRoot: string, key: string): string {
  return join(cacheRoot, 'modules', key, 'node_modules')
}

function inputFiles(folder: string): string[] {
  const vendor = join(folder, 'vendor')
  const tarballs = existsSync(vendor) ? readdirSync(vendor).filter((n) => n.endsWith('.tgz')) : []
  return [
    ...INPUTS.filter((n) => existsSync(join(folder, n))),
    ...tarballs.map((n) => `vendor/${n}`),
  ]
}
