import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DenialWorld, openDenialWorld } from '../support/denial/denial-world.ts'
import type { DocumentedRoute } from '../support/denial/routes-of-document.ts'
import { instance } from '../support/identity.ts'
import { startContractApi } from './contract-api.ts'
import { contractFacts } from './contract-facts.ts'
import { type ContractFacts, type GoodRequest, goodRequests } from './good-requests.ts'

/**
 * Runs schemathesis (PyPI) against a server of its own, as Owner and as Viewer, with the committed
 * OpenAPI document: no 5xx, no status, content type or body that the document does not declare; and
 * at least 95 % of the operations reach a 2xx as Owner. Prints which did not.
 *
 * Usage: node test/contract/run-contract.ts (with AUTHSTACK_TEST_INSTANCE; AUTHSTACK_FULL=1 for longer)
 */
const REACHED_MIN = 0.95
const isFull = process.env.AUTHSTACK_FULL === '1'
const repository = join(import.meta.dirname, '../../../..')
const program =
  process.env.AUTHSTACK_SCHEMATHESIS ?? join(repository, '.tools/schemathesis/bin/schemathesis')

interface Answered {
  operation: string
  status: number
  text: string
}

if (!instance) throw new Error('AUTHSTACK_TEST_INSTANCE is not set')
if (!existsSync(program))
  throw new Error(`No schemathesis at ${program}: run bin/setup --for-check`)

let failed = 0
let passed = 0
const say = (line: string) => process.stdout.write(`${line}\n`)

const api = await startContractApi(instance)
const world = await openDenialWorld({ ...instance, api: api.url })
try {
  const facts = await contractFacts(world, api, instance)
  for (const who of ['Owner', 'Viewer'] as const) await runAs(who, world, facts)
} finally {
  await world.close()
  await api.stop()
}
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function runAs(
  who: 'Owner' | 'Viewer',
  world: DenialWorld,
  facts: ContractFacts,
): Promise<void> {
  const viewer = await world.viewer()
  const actor = who === 'Owner' ? world.mine.owner : viewer
  const answered: Answered[] = []
  const runner = await startRunner(
    world,
    goodRequests(world, api, facts, () => actor),
    answered,
  )
  const exitCode = await schemathesis(runner.url)
  await runner.close()
  report(who, world.routes, answered, exitCode)
}

function report(
  who: 'Owner' | 'Viewer',
  routes: DocumentedRoute[],
  answered: Answered[],
  exitCode: number,
): void {
  const of = (id: string) => answered.filter(({ operation }) => operation === id)
  const reached = routes.filter(({ id }) => of(id).some(({ status }) => status < 400))
  const share = reached.length / routes.length
  say(
    `${who}: ${answered.length} requests, ${reached.length} of ${routes.length} operations reached a 2xx or 3xx`,
  )
  for (const { id, method, path } of routes.filter((route) => !reached.includes(route))) {
    const first = of(id)[0]
    say(
      `  not reached: ${method} ${path} ${first ? `${first.status} ${first.text}` : 'never sent'}`,
    )
  }
  for (const { operation, status, text } of answered.filter(({ status }) => status >= 500)) {
    say(`  ${operation}: ${status} ${text}`)
  }
  count(exitCode === 0, `${who}: schemathesis found nothing`)
  count(
    answered.every(({ status }) => status < 500),
    `${who}: no 5xx`,
  )
  // A viewer is refused most things; what an owner cannot reach, nobody tested.
  if (who === 'Owner') {
    count(share >= REACHED_MIN, `Owner: ${(share * 100).toFixed(1)} % of operations reached`)
  }
}

function count(isRight: boolean, what: string): void {
  if (isRight) passed++
  else failed++
  say(`${isRight ? 'ok' : 'NOT OK'}  ${what}`)
}

/** Tells the hooks what a good request is, and hears what was answered. */
async function startRunner(
  world: DenialWorld,
  good: (route: DocumentedRoute) => Promise<GoodRequest>,
  answered: Answered[],
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const told = JSON.parse(Buffer.concat(parts).toString())
    let answer: unknown = {}
    if (request.url === '/answered') answered.push(told)
    else {
      const route = world.routes.find(({ id }) => id === told.operation)
      try {
        if (route) answer = await good(route)
      } catch (error) {
        say(`  no good request for ${told.operation}: ${(error as Error).message}`)
        answer = { path: {}, query: {}, headers: {}, body: null }
      }
    }
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function schemathesis(runner: string): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'contract-'))
  const child = spawn(
    program,
    [
      'run',
      join(import.meta.dirname, '../../openapi.json'),
      ...['--url', api.url],
      ...['--phases', isFull ? 'coverage,fuzzing,stateful' : 'fuzzing'],
      ...['--max-examples', isFull ? '60' : '6'],
      ...['--seed', process.env.CONTRACT_SEED ?? '1'],
      ...[
        '--checks',
        'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance',
      ],
      ...['--continue-on-failure', '--request-timeout', '20', '--no-color', '--warnings', 'off'],
      '--suppress-health-check',
      'all',
    ],
    {
      cwd: scratch,
      env: {
        ...process.env,
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: import.meta.dirname,
        PYTHONDONTWRITEBYTECODE: '1',
        CONTRACT_RUNNER: runner,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const code = await new Promise<number>((resolve) => child.once('exit', (n) => resolve(n ?? 1)))
  rmSync(scratch, { recursive: true, force: true })
  return code
}
