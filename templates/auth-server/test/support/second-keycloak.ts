import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Instance } from './instance.ts'

const START_SECONDS = 120

export interface SecondKeycloak {
  /** Loopback base, without a trailing slash. */
  url: string
  stop(): Promise<void>
}

interface Options {
  /** Another database of the same cluster: an empty one is a first boot. */
  database?: string
  env?: Record<string, string>
}

/** Why none can be started, or false: how the instance's own was started stands in /proc. */
export const cannotStartKeycloak = (instance: Instance | null) =>
  (process.platform !== 'linux' && 'only on Linux: how Keycloak was started is read from /proc') ||
  (!instance?.state && 'the instance runs elsewhere')

/**
 * Starts Keycloak once more, exactly as the instance's own was started but for its ports. On the same
 * database this is what a restart leaves: all that is stored, and nothing that was only in memory.
 */
export async function startSecondKeycloak(
  instance: Instance,
  options: Options = {},
): Promise<SecondKeycloak> {
  const { pid } = JSON.parse(
    readFileSync(join(String(instance.state), 'run/keycloak.json'), 'utf8'),
  )
  const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    .split('\0')
    .filter(Boolean)
  const env = Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  const [port, management] = [await freePort(), await freePort()]
  const changed = args.map((arg) =>
    arg
      .replace(/^--http-port=\d+$/, `--http-port=${port}`)
      .replace(/^--http-management-port=\d+$/, `--http-management-port=${management}`)
      .replace(/^(--db-url=.*\/)keycloak$/, (whole, head) =>
        options.database ? head + options.database : whole,
      ),
  )
  const cwd = mkdtempSync(join(tmpdir(), 'keycloak-'))
  const child = spawn(String(program), changed, {
    cwd,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      log = (log + text).slice(-4000)
    })
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    rmSync(cwd, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  for (const end = Date.now() + START_SECONDS * 1000; Date.now() < end; await sleep(200)) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${url}/realms/master`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.ok) return { url, stop }
  }
  await stop()
  throw new Error(`The second Keycloak did not start:\n${log}`)
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
