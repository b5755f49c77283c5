import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApi } from '../../lib/api.ts'
import { type Account, stormAccounts } from './accounts.ts'
import type { BenchInstance } from './bench-instance.ts'
import { median } from './measure-cost.ts'

export type Storm = {
  perSecond: number
  /** How many try at once. */
  accounts: number
  calmP99Ms: number
  stormP99Ms: number
  /** Sign-ins a second while it lasted. */
  signInsPerSecond: number
}

const SECONDS = 8
/** Far below what one core answers, so that no queue of our own is measured. */
const PER_SECOND = 400
/** At once, each an account of its own; Keycloak hashes two on two cores, the others wait. */
const ACCOUNTS = 12

type Request = { url: string; headers?: Record<string, string> }

/**
 * Warm requests at a steady rate, calm and during a storm of sign-ins, in turns. Each is timed from when
 * it was due, so a request that had to wait to be sent shows its whole wait.
 */
export async function measureStorm(
  instance: BenchInstance,
  url: string,
  warm: () => Promise<Request>,
  rounds: number,
  vegeta: string,
): Promise<Storm> {
  const calm: number[] = []
  const storm: number[] = []
  const signIns: number[] = []
  const accounts = await stormAccounts(instance, url, ACCOUNTS)
  for (let round = 0; round <= rounds; round++) {
    const request = await warm()
    const calmP99 = await p99(request, vegeta)
    const started = startStorm(instance, url, accounts)
    // Until the hashes fill the cores.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const stormP99 = await p99(request, vegeta)
    const done = await started.end()
    if (round === 0) continue
    calm.push(calmP99)
    storm.push(stormP99)
    signIns.push(done)
  }
  return {
    perSecond: PER_SECOND,
    accounts: ACCOUNTS,
    calmP99Ms: median(calm),
    stormP99Ms: median(storm),
    signInsPerSecond: median(signIns),
  }
}

/** Milliseconds. The request goes through a file: a token in an argument is everybody's to read. */
async function p99({ url, headers = {} }: Request, vegeta: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ab-storm-'))
  try {
    const target = join(folder, 'target')
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    writeFileSync(target, `GET ${url}\n${lines.join('\n')}\n`, { mode: 0o600 })
    const results = await run(vegeta, [
      'attack',
      `-targets=${target}`,
      `-rate=${PER_SECOND}`,
      `-duration=${SECONDS}s`,
      '-workers=8',
      '-max-workers=64',
    ])
    const report = JSON.parse(String(await run(vegeta, ['report', '-type=json'], results)))
    if (report.success !== 1) throw new Error(`Warm requests failed: ${report.errors}`)
    return report.latencies['99th'] / 1e6
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(program: string, args: string[], input?: Buffer): Promise<Buffer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const parts: Buffer[] = []
  child.stdout.on('data', (part) => parts.push(part))
  child.stdin.end(input)
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${program} ${args[0]} ended with ${code}`)
  return Buffer.concat(parts)
}

function startStorm({ nativeKey }: BenchInstance, url: string, accounts: Account[]) {
  const api = openApi(url, nativeKey)
  const startedAt = performance.now()
  let isOver = false
  let done = 0
  let failed = 0
  const signInForEver = async (account: Account) => {
    while (!isOver) {
      await api('POST', 'auth/login', { body: account }).then(
        () => done++,
        () => failed++,
      )
    }
  }
  const running = accounts.map(signInForEver)
  return {
    async end(): Promise<number> {
      const perSecond = done / ((performance.now() - startedAt) / 1000)
      isOver = true
      await Promise.all(running)
      if (failed > 0) throw new Error(`${failed} sign-ins of the storm failed`)
      return perSecond
    },
  }
}
