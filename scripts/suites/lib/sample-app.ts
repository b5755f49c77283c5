import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from './instance.ts'
import { newKey } from './operator.ts'
import { request } from './request.ts'

/** A sample app of its own for one test file. */
export type SampleApp = { origin: string; stop: () => Promise<void> }

/**
 * Starts the demo's built sample app a second time on `origin`, with a key of its own. With `bff` its
 * backend holds the sessions: the way for an app whose site is not the instance's.
 */
export async function startSampleApp(
  origin: string,
  delivery: 'cookie' | 'bff',
): Promise<SampleApp> {
  const { hostname, port } = new URL(origin)
  const key = await newKey({
    kind: 'browser',
    origins: [origin],
    redirectUris: [`${origin}/callback`],
    sessionDelivery: delivery,
  })
  const data = mkdtempSync(join(tmpdir(), 'authstack-app-'))
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    VITE_AUTHSTACK_KEY: key.key,
    VITE_AUTHSTACK_ENDPOINT: instance().api,
    APP_ORIGIN: origin,
    HOST: hostname === 'localhost' ? '127.0.0.1' : hostname,
    PORT: port,
    DATA_DIR: data,
  }
  delete env.NODE_TEST_CONTEXT
  if (delivery === 'bff') {
    env.AUTHSTACK_SECRET_KEY = (await newKey({ kind: 'secret', scopes: ['bff'] })).key
  }
  const cwd = join(instance().project, 'app')
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = collect(child)
  await untilItAnswers(origin, child, said)
  return {
    origin,
    stop: async () => {
      child.kill('SIGTERM')
      await Promise.race([new Promise((resolve) => child.once('exit', resolve)), sleep(3000)])
      child.kill('SIGKILL')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part) => {
      text = (text + part).slice(-4000)
    })
  }
  return () => text
}

async function untilItAnswers(origin: string, child: ChildProcess, said: () => string) {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await request(`${origin}/config.json`).catch(() => null)
    if (answer?.status === 200) return
    await sleep(200)
  }
  child.kill('SIGKILL')
  throw new Error(`The sample app does not answer on ${origin}:\n${said()}`)
}
