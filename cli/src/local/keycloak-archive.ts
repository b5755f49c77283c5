import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { exitCodes, UserError } from '../errors.ts'
import { findProgram } from '../machine/find-program.ts'

export const KEYCLOAK_VERSION = '26.7.3'

/** Of keycloak-26.7.3.zip, which Maven calls keycloak-quarkus-dist-26.7.3.zip: the same bytes. */
const SHA256 = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f'
const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`
const RELEASE = `https://github.com/keycloak/keycloak/releases/download/${KEYCLOAK_VERSION}/keycloak-${KEYCLOAK_VERSION}.zip`

/**
 * Keycloak's zip (177 MB) in the cache: by Maven when it is installed, else by download. Whatever
 * brought it, only a file with the pinned digest is ever unpacked.
 */
export async function ensureKeycloakArchive(
  cacheRoot: string,
  onProgress: (detail: string) => void,
): Promise<string> {
  const folder = join(cacheRoot, 'downloads')
  const file = join(folder, `keycloak-${KEYCLOAK_VERSION}.zip`)
  if (existsSync(file) && (await sha256(file)) === SHA256) return file
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const work = join(folder, `keycloak.${process.pid}`)
  mkdirSync(work, { recursive: true })
  try {
    const fetched = await fetchFirst(work, onProgress)
    renameSync(fetched, file)
    return file
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** SHA-256 of a file, in hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function fetchFirst(work: string, onProgress: (detail: string) => void): Promise<string> {
  const problems: string[] = []
  for (const door of [byMaven, byDownload]) {
    try {
      const file = await door(work, onProgress)
      const digest = await sha256(file)
      if (digest === SHA256) return file
      problems.push(`${door.name}: SHA-256 is ${digest}, expected ${SHA256}`)
    } catch (error) {
      problems.push(`${door.name}: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  throw new UserError({
    code: 'keycloak_unavailable',
    what: `Keycloak ${KEYCLOAK_VERSION} could not be fetched`,
    why: problems.join('; '),
    next: [
      'Check the network and run it again',
      `Or unpack Keycloak ${KEYCLOAK_VERSION} yourself and set AUTHSTACK_KEYCLOAK_HOME to its folder`,
    ],
    exitCode: exitCodes.infrastructure,
  })
}

async function byMaven(work: string, onProgress: (detail: string) => void): Promise<string> {
  const maven = findProgram('mvn')
  if (!maven) throw new Error('mvn is not on PATH')
  onProgress('Maven fetches Keycloak')
  const args = [
    '-B',
    '-q',
    'dependency:copy',
    `-Dartifact=${ARTIFACT}`,
    `-DoutputDirectory=${work}`,
  ]
  await promisify(execFile)(maven, args, { cwd: work, timeout: 600_000 })
  return join(work, `keycloak-quarkus-dist-${KEYCLOAK_VERSION}.zip`)
}

async function byDownload(work: string, onProgress: (detail: string) => void): Promise<string> {
  const response = await fetch(RELEASE, { signal: AbortSignal.timeout(900_000) })
  if (!response.ok || !response.body) throw new Error(`${RELEASE} answers ${response.status}`)
  const file = join(work, 'download.zip')
  const total = Number(response.headers.get('content-length'))
  let received = 0
  let shown = -1
  const body = Readable.fromWeb(response.body).on('data', (chunk: Buffer) => {
    received += chunk.length
    const percent = total > 0 ? Math.floor((received / total) * 100) : 0
    if (percent !== shown) onProgress(`downloading Keycloak ${percent} %`)
    shown = percent
  })
  await pipeline(body, createWriteStream(file))
  return file
}
