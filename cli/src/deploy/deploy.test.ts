import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LocalContext } from '../local/context.ts'
import { openLocalMachine } from '../local/local-machine.ts'
import { isRunning, readRecord } from '../local/process-record.ts'
import { stopInstance } from '../local/stop-instance.ts'
import type { Machine } from '../machine/machine.ts'
import { PlainSteps } from '../output/plain-steps.ts'
import { createStyle } from '../output/style.ts'
import { rollback } from '../rollback/rollback.ts'
import { statePaths } from '../state/state-paths.ts'
import { type DeployOptions, deploy } from './deploy.ts'

/**
 * The engine on real PostgreSQL, Redis, front, mailbox and processes, with a project as small as
 * the entry points allow. Keycloak alone is left out: its minute belongs to the journey suite.
 */
process.env.AUTHSTACK_PORT_BASE = '4660'
const root = mkdtempSync(join(tmpdir(), 'asd-'))
const project = join(root, 'p')
const paths = statePaths('abcdef12', 'local', join(root, 's'))
const context: LocalContext = {
  projectId: 'abcdef12',
  project: 'tiny',
  environment: 'local',
  projectFolder: project,
  paths,
  stateRoot: join(root, 's'),
  cacheRoot: join(root, 'c'),
  fixedPort: null,
  mailFrom: 'Tiny <no-reply@tiny.localhost>',
  owner: 'Ada',
}

const server = (greeting: string) => `
import { createServer } from 'node:http'
const listen = (address, answer) => createServer(answer).listen(address.slice('unix:'.length))
listen(process.env.AUTHSTACK_LISTEN, (request, response) => {
  if (request.url === '/readyz' || request.url === '/livez') return response.end('ok')
  if (request.url === '/greeting') return response.end('${greeting} ' + process.env.AUTHSTACK_VERSION)
  response.writeHead(401, { 'content-type': 'application/problem+json' }).end('{}')
})
listen(process.env.AUTHSTACK_OPERATOR_LISTEN, (request, response) => response.end())
process.on('SIGTERM', () => process.exit(0))
`

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

function migrate(barriers: string[]): void {
  const line = JSON.stringify({ applied: [], pending: [], barriers })
  write('src/tasks/migrate.ts', `console.log('${line}')\n`)
}

function machine(): Machine {
  const real = openLocalMachine(context)
  return {
    ...real,
    buildKeycloak: () => ({ ready: async () => {} }),
    startService: async (name, folder, say) =>
      name === 'keycloak' ? 'kept' : real.startService(name, folder, say),
  }
}

function options(signal = new AbortController().signal): DeployOptions {
  return {
    machine: machine(),
    project,
    environment: 'local',
    cacheRoot: context.cacheRoot,
    by: 'Ada',
    keys: {
      list: async () => [{ name: 'web' }],
      create: () => Promise.reject(new Error('no key is missing')),
      origins: [],
      redirectUris: [],
    },
    openSteps: async (steps) =>
      new PlainSteps(steps, {
        talk: () => {},
        event: null,
        style: createStyle({ isTTY: false, noColor: true, env: {} }),
      }),
    signal,
  }
}

/** What a client of the public address gets. */
function greeting(): Promise<string> {
  const { ports } = JSON.parse(readFileSync(paths.instanceFile, 'utf8'))
  return new Promise((done, fail) => {
    const call = request({ host: '127.0.0.1', port: ports.front, path: '/greeting' }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => done(text))
    })
    call.on('error', fail)
    call.end()
  })
}

beforeAll(() => {
  execFileSync('chmod', ['755', root])
  write('package.json', '{"name":"tiny","version":"1.0.0","type":"module"}')
  const lock = { name: 'tiny', version: '1.0.0', lockfileVersion: 3, packages: { '': {} } }
  write('package-lock.json', JSON.stringify(lock))
  write('.gitignore', 'node_modules\n.env\n')
  write('.env', 'SECRET=must never be part of a version')
  write('src/main.ts', server('hello'))
  for (const task of ['bootstrap-database', 'bootstrap-keycloak']) write(`src/tasks/${task}.ts`, '')
  migrate([])
  write('src/tasks/reconcile.ts', `console.log('{"changes":[],"inverse":[]}')\n`)
  execFileSync('git', ['init', '-q'], { cwd: project })
})
afterAll(() => stopInstance(paths, () => {}))

describe('deploy', () => {
  it('is refused with everything that is wrong at once, and makes nothing', async () => {
    const away = join(root, 'nowhere')
    mkdirSync(away)
    const attempt = deploy({ ...options(), project: away })
    await expect(attempt).rejects.toMatchObject({
      code: 'preflight_failed',
      exitCode: 5,
      why: expect.stringMatching(/git[\s\S]*src\/main\.ts/),
    })
  })

  it('dry shows the plan and makes nothing', async () => {
    const answer = await deploy({ ...options(), isDryRun: true })
    expect(answer).toMatchObject({ outcome: 'planned', plan: { from: null, to: 'v1.0' } })
    expect(() => readFileSync(paths.instanceFile)).toThrow()
  })

  it('stopped by Ctrl-C leaves what the next run completes as v1.0', async () => {
    const controller = new AbortController()
    const interrupted = deploy(options(controller.signal))
    setTimeout(() => controller.abort(new Error('Ctrl-C')), 700)
    await interrupted.catch(() => {})
    const answer = await deploy(options())
    expect(answer.version).toBe('v1.0')
    expect(await greeting()).toBe('hello v1.0')
    expect(() => readFileSync(join(paths.releases, 'v1.0/.env'))).toThrow()
  }, 60_000)

  it('without a change makes no version', async () => {
    expect(await deploy(options())).toMatchObject({ outcome: 'unchanged', version: 'v1.0' })
  })

  it('of a server that cannot start leaves the old one serving and says why (exit 6)', async () => {
    write('src/main.ts', `throw new Error('planted')\n${server('broken')}`)
    await expect(deploy(options())).rejects.toMatchObject({
      exitCode: 6,
      what: expect.stringContaining('v1.0 still serves'),
      why: expect.stringContaining('planted'),
    })
    expect(await greeting()).toBe('hello v1.0')
  }, 30_000)

  it('switches to the next version without losing a request', async () => {
    write('src/main.ts', server('good day'))
    const answers: string[] = []
    let isOver = false
    const client = (async () => {
      while (!isOver) answers.push(await greeting())
    })()
    expect((await deploy(options())).version).toBe('v1.2')
    isOver = true
    await client
    expect(new Set(answers)).toEqual(new Set(['hello v1.0', 'good day v1.2']))
  }, 30_000)

  it('brings back what was killed, without a new version', async () => {
    const redis = readRecord(paths.run, 'redis')
    const postgres = readRecord(paths.run, 'postgres')
    for (const record of [redis, postgres]) process.kill(record?.pid ?? 0, 'SIGKILL')
    for (let i = 0; i < 100 && (isRunning(redis) || isRunning(postgres)); i++) {
      await new Promise((done) => setTimeout(done, 50))
    }
    const answer = await deploy(options())
    expect(answer).toMatchObject({ outcome: 'restarted', version: 'v1.2' })
    expect(answer.restarted.sort()).toEqual(['postgres', 'redis'])
  }, 30_000)
})

describe('rollback', () => {
  it('lets the version before serve again, and tells the history so', async () => {
    const { openSteps, signal } = options()
    const answer = await rollback({
      machine: machine(),
      version: null,
      by: 'Ada',
      openSteps,
      signal,
    })
    expect(answer).toMatchObject({ from: 'v1.2', version: 'v1.0' })
    expect(await greeting()).toBe('hello v1.0')
    const told = machine()
      .readHistory()
      .map(({ action, version, status }) => [action, version, status])
    expect(told).toEqual([
      ['deploy', 'v1.0', 'live'],
      ['deploy', 'v1.1', 'failed'],
      ['deploy', 'v1.2', 'live'],
      ['rollback', 'v1.0', 'live'],
    ])
  }, 30_000)

  it('refuses to cross a contract migration, and names it (exit 8)', async () => {
    migrate(['0002_drop_mood'])
    expect((await deploy(options())).version).toBe('v1.3')
    const { openSteps, signal } = options()
    const attempt = rollback({ machine: machine(), version: 'v1.0', by: 'Ada', openSteps, signal })
    await expect(attempt).rejects.toMatchObject({
      exitCode: 8,
      what: expect.stringContaining('0002_drop_mood'),
    })
    expect(await greeting()).toBe('good day v1.3')
  }, 30_000)
})
