import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { type Colour, operatorSocket, type StatePaths } from '../state/state-paths.ts'
import type { ReadyContext } from './context.ts'
import { instanceEnv } from './instance-env.ts'
import { apiSocket } from './live-link.ts'
import { isRunning, type ProcessRecord } from './process-record.ts'
import { serviceError } from './service-error.ts'
import { type ProcessSpec, startProcess } from './start-process.ts'
import { waitUntil } from './wait-until.ts'

const READY_SECONDS_MAX = 45

/** The process name of a colour, as its record and its log are called. */
export function apiName(colour: Colour): `api-${Colour}` {
  return `api-${colour}`
}

/**
 * Everything that a running server cannot learn: version, addresses and the customer's secrets.
 * Another fingerprint means that a restart would change something.
 */
export function apiFingerprint(context: ReadyContext, version: string): string {
  const { paths, instance, mailFrom } = context
  const env = instanceEnv(paths, instance, { version, colour: 'a', mailFrom })
  const secrets = readIfThere(paths.secretsFile)
  const hash = createHash('sha256').update(JSON.stringify(env)).update(secrets).digest('hex')
  return `${version} ${hash.slice(0, 16)}`
}

/** The two sockets that a server listens on. */
export type ApiSockets = { api: string; operator: string }

/**
 * Starts `src/main.ts` of a folder on a colour; sockets of a dead predecessor are removed. `sockets`
 * are other ones than the colour's own, for a server that starts while the colour still serves.
 */
export function startApi(options: {
  context: ReadyContext
  colour: Colour
  folder: string
  version: string
  sockets?: ApiSockets
}): ProcessRecord {
  const { colour, version } = options
  const { paths, instance, mailFrom } = options.context
  const { api, operator } = options.sockets ?? {
    api: apiSocket(paths, colour),
    operator: operatorSocket(paths, colour),
  }
  rmSync(api, { force: true })
  rmSync(operator, { force: true })
  const spec: ProcessSpec = {
    name: apiName(colour),
    command: process.execPath,
    args: ['src/main.ts'],
    env: {
      ...instanceEnv(paths, instance, { version, colour, mailFrom }),
      AUTHSTACK_LISTEN: `unix:${api}`,
      AUTHSTACK_OPERATOR_LISTEN: `unix:${operator}`,
    },
    cwd: options.folder,
    fingerprint: apiFingerprint(options.context, version),
    version,
  }
  return startProcess(spec, paths)
}

/** Waits for `/readyz` on the colour's own socket. Throws with its last log lines when it dies. */
export async function waitForApi(
  paths: StatePaths,
  colour: Colour,
  record: ProcessRecord,
  options: { everyMs?: number; signal?: AbortSignal; socket?: string } = {},
): Promise<void> {
  const socket = options.socket ?? apiSocket(paths, colour)
  const logs = { folder: paths.logs, name: apiName(colour), start: record.logStart }
  await waitUntil(
    async () => {
      if (!isRunning(record)) throw serviceError('The server', 'The process ended.', logs)
      return (await ask(socket, '/readyz')).status === 200
    },
    {
      timeoutSeconds: READY_SECONDS_MAX,
      everyMs: options.everyMs ?? 100,
      signal: options.signal,
      onTimeout: () =>
        serviceError('The server', `/readyz did not answer 200 in ${READY_SECONDS_MAX} s.`, logs),
    },
  )
}

/**
 * What must hold before a version may serve: it refuses a call without a key in the API's own
 * words, and, when it has pages, serves the sign-in page. Nothing is written, mailed or counted.
 */
export async function smokeTest(
  paths: StatePaths,
  colour: Colour,
  hasPages: boolean,
): Promise<void> {
  const logs = { folder: paths.logs, name: apiName(colour) }
  const socket = apiSocket(paths, colour)
  const config = await ask(socket, '/api/v1/config')
  if (config.status !== 401 || !config.type.startsWith('application/problem+json')) {
    throw serviceError(
      'The smoke test',
      `GET /api/v1/config without a key answered ${config.status}, expected 401.`,
      logs,
    )
  }
  if (!hasPages) return
  const page = await ask(socket, '/login')
  if (page.status !== 200 || !page.type.startsWith('text/html')) {
    throw serviceError('The smoke test', `GET /login answered ${page.status}, expected 200.`, logs)
  }
}

/** One GET over a unix socket; status 0 when nobody answers within 5 seconds. */
export function ask(socketPath: string, path: string): Promise<{ status: number; type: string }> {
  return new Promise((resolve) => {
    const nobody = { status: 0, type: '' }
    const call = request({ socketPath, path, headers: { host: 'localhost' } }, (response) => {
      response.resume()
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: String(response.headers['content-type'] ?? ''),
        }),
      )
      response.on('error', () => resolve(nobody))
    })
    call.setTimeout(5000, () => call.destroy())
    call.on('error', () => resolve(nobody))
    call.end()
  })
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
