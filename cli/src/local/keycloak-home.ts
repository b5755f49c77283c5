import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { exitCodes, UserError } from '../errors.ts'
import type { Java } from './java.ts'
import { ensureKeycloakArchive, KEYCLOAK_VERSION } from './keycloak-archive.ts'
import { harmlessEnv } from './start-process.ts'
import { unzip } from './unzip.ts'

const BUILD_OPTIONS = ['--db=postgres', '--health-enabled=true', '--metrics-enabled=true']
const BUILD_MINUTES_MAX = 15

/** The provider jars of a release (`keycloak/*.jar`) and a short hash of the set. */
export type ProviderSet = { jars: string[]; hash: string }

/** Reads the provider set of a project or release folder. */
export function readProviderSet(folder: string): ProviderSet {
  const home = join(folder, 'keycloak')
  const jars = existsSync(home)
    ? readdirSync(home)
        .filter((name) => name.endsWith('.jar'))
        .sort()
        .map((name) => join(home, name))
    : []
  return { jars, hash: hashJars(jars) }
}

/** Where a built Keycloak of this provider set lies, without making it; null when not built yet. */
export function builtKeycloakHome(cacheRoot: string, providers: ProviderSet): string | null {
  const own = process.env.AUTHSTACK_KEYCLOAK_HOME
  if (own && isBuiltWith(own, providers)) return own
  const home = cachedHome(cacheRoot, providers)
  return existsSync(join(home, '.built')) ? home : null
}

/**
 * A Keycloak built (`kc.sh build`, about 45 seconds) with these providers: the folder that
 * AUTHSTACK_KEYCLOAK_HOME names when it is one, else the cache's, made now if need be. A folder
 * without the mark `.built` is a half-made one and is made again.
 */
export async function ensureKeycloakHome(
  cacheRoot: string,
  providers: ProviderSet,
  java: Java,
  onProgress: (detail: string) => void = () => {},
): Promise<string> {
  const ready = builtKeycloakHome(cacheRoot, providers)
  if (ready) return ready
  const { default: lockfile } = await import('proper-lockfile')
  const parent = join(cacheRoot, 'keycloak')
  mkdirSync(parent, { recursive: true, mode: 0o755 })
  // Two projects that deploy at once need the same home: the second waits for the first's.
  const release = await lockfile.lock(parent, {
    stale: 15_000,
    retries: { retries: BUILD_MINUTES_MAX * 60, minTimeout: 1000, maxTimeout: 1000 },
  })
  try {
    return (
      builtKeycloakHome(cacheRoot, providers) ??
      (await makeHome(cacheRoot, providers, java, onProgress))
    )
  } finally {
    await release()
  }
}

async function makeHome(
  cacheRoot: string,
  providers: ProviderSet,
  java: Java,
  onProgress: (detail: string) => void,
): Promise<string> {
  const home = cachedHome(cacheRoot, providers)
  rmSync(home, { recursive: true, force: true })
  await unpack(cacheRoot, home, onProgress)
  for (const jar of providers.jars) copyFileSync(jar, join(home, 'providers', basename(jar)))
  onProgress('building Keycloak, once per version and provider set')
  await build(home, java)
  writeFileSync(join(home, '.built'), `${new Date().toISOString()}\n`)
  return home
}

async function unpack(
  cacheRoot: string,
  home: string,
  onProgress: (detail: string) => void,
): Promise<void> {
  const own = process.env.AUTHSTACK_KEYCLOAK_HOME
  if (own) {
    if (!existsSync(join(own, 'bin/kc.sh'))) throw noKeycloakThere(own)
    cpSync(own, home, { recursive: true, preserveTimestamps: true })
    rmSync(join(home, 'data'), { recursive: true, force: true })
    for (const jar of readdirSync(join(home, 'providers'))) {
      if (jar.endsWith('.jar')) rmSync(join(home, 'providers', jar))
    }
    return
  }
  const archive = await ensureKeycloakArchive(cacheRoot, onProgress)
  onProgress('unpacking Keycloak')
  await unzip(archive, home, 1)
  for (const name of readdirSync(join(home, 'bin'))) {
    if (name.endsWith('.sh')) chmodSync(join(home, 'bin', name), 0o755)
  }
}

async function build(home: string, java: Java): Promise<void> {
  try {
    await promisify(execFile)(join(home, 'bin/kc.sh'), ['build', ...BUILD_OPTIONS], {
      cwd: home,
      env: { ...harmlessEnv(), JAVA: java.command },
      timeout: BUILD_MINUTES_MAX * 60_000,
      maxBuffer: 16 * 1024 * 1024,
    })
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string }
    throw new UserError({
      code: 'keycloak_build_failed',
      what: 'kc.sh build failed',
      why: `${stdout}\n${stderr}`.trim().split('\n').slice(-8).join('\n'),
      next: ['Check the jars in keycloak/ and the free disk space, then run it again'],
      exitCode: exitCodes.infrastructure,
      cause,
    })
  }
}

function noKeycloakThere(folder: string): UserError {
  return new UserError({
    code: 'keycloak_home_wrong',
    what: 'AUTHSTACK_KEYCLOAK_HOME names no Keycloak',
    why: `${join(folder, 'bin/kc.sh')} does not exist.`,
    next: [`Set it to an unpacked Keycloak ${KEYCLOAK_VERSION}, or unset it`],
    exitCode: exitCodes.infrastructure,
  })
}

function cachedHome(cacheRoot: string, providers: ProviderSet): string {
  return join(cacheRoot, 'keycloak', `${KEYCLOAK_VERSION}-${providers.hash}`)
}

/** True when a folder of the user's own has been built with exactly these jars. */
function isBuiltWith(home: string, providers: ProviderSet): boolean {
  if (!existsSync(join(home, 'lib/quarkus/generated-bytecode.jar'))) return false
  const folder = join(home, 'providers')
  const jars = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.jar'))
        .sort()
        .map((name) => join(folder, name))
    : []
  return hashJars(jars) === providers.hash
}

function hashJars(jars: string[]): string {
  const hash = createHash('sha256')
  for (const jar of jars) {
    hash.update(createHash('sha256').update(readFileSync(jar)).digest('hex'))
  }
  return hash.digest('hex').slice(0, 12)
}
