import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Demo } from '../demo/demo.ts'
import { authstackBin } from '../lib/repository.ts'
import { type Summary, summarize } from './statistics.ts'

const warmUps = 2
const edits = 20
/** Often enough to tell, seldom enough not to take the cores from what starts. */
const pollMilliseconds = 20
const answerTimeoutMilliseconds = 30_000
const startTimeoutMilliseconds = 180_000
const file = join('extensions', 'routes', 'measure-edit.ts')

/**
 * `authstack dev` in the demo's project: from writing a route's file to the first answer of the new code through
 * the front. Ends `dev` by Ctrl-C and deletes the route; the demo is then as it was.
 */
export async function measureDev(demo: Demo, env: NodeJS.ProcessEnv): Promise<Summary> {
  const path = join(demo.project, file)
  const dev = spawn(process.execPath, [authstackBin, 'dev'], {
    cwd: demo.project,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    await untilServing(dev)
    const took: number[] = []
    for (let edit = 1; edit <= warmUps + edits; edit++) {
      const started = performance.now()
      writeFileSync(path, route(edit))
      await untilAnswer(demo, edit)
      if (edit > warmUps) took.push(performance.now() - started)
    }
    return summarize(took)
  } finally {
    rmSync(path, { force: true })
    await end(dev)
  }
}

async function untilAnswer(demo: Demo, edit: number): Promise<void> {
  const deadline = Date.now() + answerTimeoutMilliseconds
  while ((await ask(demo)) !== edit) {
    if (Date.now() > deadline) throw new Error(`edit ${edit} was not seen`)
    await sleep(pollMilliseconds)
  }
}

async function ask(demo: Demo): Promise<number | null> {
  const response = await fetch(`${new URL(demo.api).origin}/api/v1/x/measure-edit`, {
    headers: { 'x-authstack-key': demo.nativeKey },
    signal: AbortSignal.timeout(answerTimeoutMilliseconds),
  }).catch(() => null)
  if (!response?.ok) {
    await response?.body?.cancel()
    return null
  }
  return ((await response.json()) as { edit: number }).edit
}

/** Resolves when it says that the working tree serves. */
function untilServing(dev: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`authstack dev ${why}\n${said}`))
    const timer = setTimeout(() => fail('did not serve in time'), startTimeoutMilliseconds)
    dev.once('exit', (code) => fail(`ended with ${code}`))
    dev.stderr?.setEncoding('utf8').on('data', (text) => {
      said += text
      if (!/Serving your working tree: ready/.test(said)) return
      clearTimeout(timer)
      resolve()
    })
  })
}

async function end(dev: ChildProcess): Promise<void> {
  if (dev.exitCode !== null || dev.signalCode !== null) return
  const ended = new Promise((resolve) => dev.once('exit', resolve))
  dev.kill('SIGINT')
  await ended
}

const route = (edit: number) => `import { z } from 'zod'
import { defineAction, defineRoute, type KeyContext, withKey } from '../../src/extensions.ts'

export default defineRoute({
  method: 'GET',
  path: '/api/v1/x/measure-edit',
  who: withKey(),
  action: defineAction<KeyContext>()({
    id: 'measureEdit',
    summary: 'Which edit this is',
    output: z.object({ edit: z.number() }),
    run: async () => ({ edit: ${edit} }),
  }),
})
`
