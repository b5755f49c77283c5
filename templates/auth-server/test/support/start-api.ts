import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Instance } from './instance.ts'

/** An API process of a test's own, beside the instance's, on the same databases, Redis and Keycloak. */
export interface OwnApi {
  /** Origin: `http://127.0.0.1:<port>`. Issuers stay those of the instance's public URL. */
  url: string
  pid: number
  /** The instance, asked through this process: for `call`, `must` and their like. */
  instance: Instance
  /** Socket of its operator routes. */
  operatorSocket: string
  /** All it wrote to its log so far. */
  log(): string
  /** SIGTERM, and waits until it has ended. Answers its exit code. */
  stop(): Promise<number | null>
  /** As a crash would end it. */
  kill(): Promise<void>
}

export interface OwnApiOptions {
  /** Variables beside or instead of the instance's, e.g. another address of a part. */
  env?: Record<string, string>
  /** Files of its credentials folder beside or instead of the instance's. */
  credentials?: Record<string, string>
  /** Changes the text of authstack.config.ts. */
  settings?: (text: string) => string
  /** Changes to its source: for the suites that take a check away and expect somebody to notice. */
  source?: SourceChange[]
}

/** Replaces `from` by `to` in one file below src; the text must be there exactly once. */
export interface SourceChange {
  file: string
  from: string
  to: string
}

const template = join(import.meta.dirname, '../..')
const startTimeoutMs = 30_000

/** Why own processes cannot be started, or false: the suite must run where the instance does. */
export const cannotStartApi = (instance: Instance | null) =>
  !(instance?.state && instance.credentials) && 'the instance runs elsewhere'

/**
 * Starts the server from this work tree. Settings are imported by their place, so a copy of the sources
 * gets settings of its own. Throws with the end of its log when it does not serve within 30 s.
 */
export async function startApi(instance: Instance, options: OwnApiOptions = {}): Promise<OwnApi> {
  const folder = mkdtempSync(join(tmpdir(), 'asapi-'))
  const port = await freePort()
  const operatorSocket = join(folder, 'operator.sock')
  copyServer(folder, options.settings)
  for (const change of options.source ?? []) changeSource(join(folder, 'src'), change)
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...instanceEnv(instance),
      AUTHSTACK_LISTEN: `127.0.0.1:${port}`,
      AUTHSTACK_OPERATOR_LISTEN: `unix:${operatorSocket}`,
      CREDENTIALS_DIRECTORY: copyCredentials(folder, instance, options.credentials),
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      log += text
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const code = await ended
    rmSync(folder, { recursive: true, force: true })
    return code
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await untilServing(url, child)
  } catch (error) {
    await end('SIGKILL')
    throw new Error(`${(error as Error).message}\n${log.slice(-4000)}`)
  }
  return {
    url,
    pid: child.pid as number,
    instance: { ...instance, api: url },
    operatorSocket,
    log: () => log,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  }
}

function copyServer(folder: string, change?: (text: string) => string): void {
  for (const name of ['src', 'extensions', 'keycloak', 'package.json', 'openapi.json']) {
    cpSync(join(template, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(template, 'node_modules'), join(folder, 'node_modules'))
  const settings = readFileSync(join(template, 'authstack.config.ts'), 'utf8')
  const changed = change ? change(settings) : settings
  if (change && changed === settings) throw new Error('The settings were not changed')
  writeFileSync(join(folder, 'authstack.config.ts'), changed)
}

/** Throws when the text is not there, or more than once. */
export function changeSource(src: string, { file, from, to }: SourceChange): void {
  const path = join(src, file)
  const parts = readFileSync(path, 'utf8').split(from)
  if (parts.length !== 2) {
    throw new Error(`src/${file} holds "${from}" ${parts.length - 1} times instead of once`)
  }
  writeFileSync(path, parts.join(to))
}

function copyCredentials(
  folder: string,
  instance: Instance,
  own: Record<string, string> = {},
): string {
  const credentials = join(folder, 'credentials')
  cpSync(String(instance.credentials), credentials, { recursive: true })
  for (const [name, text] of Object.entries(own)) {
    writeFileSync(join(credentials, name), text, { mode: 0o600 })
  }
  return credentials
}

/** What the instance's own process is told, read from the folder of its deploy. */
export function instanceEnv(instance: Instance): Record<string, string> {
  const record = readFileSync(join(String(instance.state), 'instance.json'), 'utf8')
  const { ports, publicUrl, project, environment } = JSON.parse(record)
  return {
    AUTHSTACK_PROJECT: project,
    AUTHSTACK_VERSION: 'v0.0',
    AUTHSTACK_ENVIRONMENT: environment,
    AUTHSTACK_PUBLIC_URL: publicUrl,
    AUTHSTACK_KEYCLOAK_URL: `http://127.0.0.1:${ports.keycloak}`,
    AUTHSTACK_PG_HOST: '127.0.0.1',
    AUTHSTACK_PG_PORT: String(ports.postgres),
    AUTHSTACK_REDIS_URL: `redis://127.0.0.1:${ports.redis}`,
    AUTHSTACK_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
  }
}

async function untilServing(url: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + startTimeoutMs; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}`)
    const answer = await fetch(`${url}/livez`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) return
  }
  throw new Error('The API did not serve in time')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
