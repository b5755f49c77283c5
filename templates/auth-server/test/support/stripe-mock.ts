import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Stripe's own mock; it holds the OpenAPI document of Stripe and checks every call by it. */
const VERSION = 'v0.203.0'
const MODULE = `github.com/stripe/stripe-mock@${VERSION}`
const BUILD_TIMEOUT_MILLISECONDS = 240_000

/** The built program, from the cache of built tools or made now; null without Go 1.22 or newer. */
export async function stripeMockPath(): Promise<string | null> {
  const folder = join(cacheFolder(), 'stripe-mock')
  const program = join(folder, `stripe-mock-${VERSION}`)
  if (existsSync(program)) return program
  if (!(await canBuild())) return null
  const building = join(folder, `building-${process.pid}`)
  await mkdir(building, { recursive: true })
  try {
    await run('go', ['install', MODULE], {
      env: { ...process.env, GOBIN: building, GOFLAGS: '-mod=mod' },
      timeout: BUILD_TIMEOUT_MILLISECONDS,
    })
    // Whole or not at all: another run may look for it at this moment.
    await rename(join(building, 'stripe-mock'), program)
  } finally {
    await rm(building, { recursive: true, force: true })
  }
  return program
}

async function canBuild(): Promise<boolean> {
  const said = await run('go', ['version']).then(
    ({ stdout }) => stdout,
    () => '',
  )
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(said) ?? []
  return Number(major) > 1 || Number(minor) >= 22
}

/** Where this machine keeps what was downloaded and built, as the command itself decides it. */
function cacheFolder(): string {
  if (process.env.AUTHSTACK_CACHE) return process.env.AUTHSTACK_CACHE
  if (process.getuid?.() === 0) return '/var/cache/authstack'
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'authstack')
}

/** Starts it on free ports of this machine. */
export async function startStripeMock(
  program: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(
    program,
    ['-http-addr', '127.0.0.1:0', '-https-unix', join('/tmp', `stripe-mock-${process.pid}.sock`)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  const stop = async () => {
    child.kill()
    await ended
  }
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
    const port = /HTTP at address: 127\.0\.0\.1:(\d+)/.exec(said)?.[1]
    if (port) return { url: `http://127.0.0.1:${port}`, stop }
  }
  await stop()
  throw new Error(`stripe-mock does not start: ${said}`)
}
