import { statfsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram } from '../machine/find-program.ts'
import type { Problem } from '../machine/machine.ts'
import { isPortFree } from './claim-ports.ts'
import type { LocalContext } from './context.ts'
import { findJava, JAVA_MAJOR_MIN } from './java.ts'
import { apiSocket } from './live-link.ts'
import { readInstanceFile } from './prepare-instance.ts'
import { isRunning, readRecord } from './process-record.ts'
import { cachedRedisBinary } from './redis-binary.ts'
import { closedParent, serviceUid } from './service-user.ts'

const FREE_BYTES_MIN = 1.5 * 1024 ** 3
/** `sun_path` of Linux holds 108 bytes, of macOS 104, with a closing zero. */
const SOCKET_PATH_MAX = 103

/** Everything of this computer that a deploy depends on; all problems at once. Changes nothing. */
export async function inspectComputer(context: LocalContext): Promise<Problem[]> {
  const found = await Promise.all([
    checkJava(),
    checkRedis(context),
    checkDisk(context),
    checkFrontPort(context),
    checkSocketPath(context),
    checkFolders(context),
  ])
  return found.filter((problem) => problem !== null)
}

async function checkJava(): Promise<Problem | null> {
  const java = await findJava()
  if (java && java.major >= JAVA_MAJOR_MIN) return null
  return {
    code: 'java_missing',
    what: java
      ? `Java ${java.major} is too old; Keycloak needs ${JAVA_MAJOR_MIN} or newer`
      : `No Java was found; Keycloak needs ${JAVA_MAJOR_MIN} or newer`,
    next: 'apt install openjdk-17-jre-headless (or brew install openjdk), or set JAVA_HOME',
  }
}

function checkRedis({ cacheRoot }: LocalContext): Problem | null {
  const programs = ['redis-server', 'valkey-server', 'python3', 'python']
  if (programs.some((name) => findProgram(name)) || cachedRedisBinary(cacheRoot)) return null
  return {
    code: 'redis_missing',
    what: 'No redis-server or valkey-server was found, and no Python to fetch one with',
    next: 'apt install redis-server, or brew install valkey',
  }
}

function checkDisk({ stateRoot, cacheRoot }: LocalContext): Problem | null {
  for (const folder of [stateRoot, cacheRoot]) {
    const free = freeBytes(folder)
    if (free !== null && free < FREE_BYTES_MIN) {
      return {
        code: 'disk_full',
        what: `Only ${(free / 1024 ** 3).toFixed(1)} GB are free where ${folder} lies; 1.5 GB are needed`,
        next: 'Make room, or point AUTHSTACK_HOME and AUTHSTACK_CACHE at a larger disk',
      }
    }
  }
  return null
}

async function checkFrontPort({ paths, fixedPort }: LocalContext): Promise<Problem | null> {
  const kept = readInstanceFile(paths.instanceFile)
  if (kept && fixedPort !== null && kept.ports.front !== fixedPort) {
    return {
      code: 'port_fixed',
      what: `The settings ask for port ${fixedPort}, but this instance lives at ${kept.publicUrl}`,
      next: `Put port: ${kept.ports.front} (or null) back: every issued token names that address`,
    }
  }
  const port = kept?.ports.front ?? fixedPort
  if (port === null || isRunning(readRecord(paths.run, 'front')) || (await isPortFree(port))) {
    return null
  }
  return {
    code: 'port_taken',
    what: `Port ${port} is taken by another program`,
    next: `End that program (lsof -i :${port}), then deploy again`,
  }
}

function checkSocketPath({ paths }: LocalContext): Problem | null {
  const length = Buffer.byteLength(apiSocket(paths, 'a').replace('api-', 'operator-'))
  if (length <= SOCKET_PATH_MAX) return null
  return {
    code: 'path_too_long',
    what: `${paths.folder} is too long for a unix socket (${length} of ${SOCKET_PATH_MAX} bytes)`,
    next: 'Set AUTHSTACK_HOME to a shorter folder',
  }
}

function checkFolders({ stateRoot, cacheRoot }: LocalContext): Problem | null {
  if (serviceUid() === undefined) return null
  const closed = closedParent(dirname(stateRoot)) ?? closedParent(dirname(cacheRoot))
  if (!closed) return null
  return {
    code: 'folder_closed',
    what: `As root, PostgreSQL runs as another user, who cannot walk through ${closed}`,
    next: `chmod o+x ${closed}, or set AUTHSTACK_HOME and AUTHSTACK_CACHE to another folder`,
  }
}

function freeBytes(folder: string): number | null {
  for (let path = join(folder); ; path = dirname(path)) {
    try {
      const { bavail, bsize } = statfsSync(path)
      return bavail * bsize
    } catch {
      if (path === dirname(path)) return null
    }
  }
}
