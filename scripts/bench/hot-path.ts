import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../lib/free-port.ts'
import { say, sayDone } from '../lib/terminal.ts'
import { databaseUrl, openBenchInstance } from './hot-path/bench-instance.ts'
import { judge } from './hot-path/gates.ts'
import { hotPathPage } from './hot-path/hot-path-page.ts'
import { installTools } from './hot-path/install-tools.ts'
import { measureStorm } from './hot-path/login-storm.ts'
import { type Contestant, measureCost } from './hot-path/measure-cost.ts'
import { postgresCpu } from './hot-path/postgres-cpu.ts'
import { freshToken, makePeerDatabase, seedMembers, unseed } from './hot-path/seed.ts'
import { startApi } from './hot-path/start-api.ts'
import { isPinned, type Program, startProgram, unpin } from './hot-path/start-program.ts'
import { writeSection } from './write-section.ts'

const MEMBERS = 60

/**
 * Measures what a warm request costs beside bare node:http and beside better-auth, writes its part of
 * docs/benchmarks.md, and fails when a bound is missed. `--rounds 2` for a quick look; then nothing is
 * written. Uses the instance of AUTHSTACK_TEST_INSTANCE, or makes one. Wants a quiet machine.
 */
const asked = process.argv.indexOf('--rounds')
const isQuick = asked > 0
const rounds = isQuick ? Number(process.argv[asked + 1]) : 5

const tools = installTools()
const { instance, end } = await openBenchInstance()
const folder = mkdtempSync(join(tmpdir(), 'ab-hot-'))
const programs: Program[] = []
try {
  const subject = await seedMembers(instance, MEMBERS)
  const bare = await start('bare.mjs')
  const peerUrl = databaseUrl(instance.pgSuperuserUrl, await makePeerDatabase(instance))
  const peer = await start('better-auth.mjs', peerUrl, 'off', String(MEMBERS))
  const cachedPeer = await start('better-auth.mjs', peerUrl, 'on', String(MEMBERS))
  const api = await startApi(instance, await findFreePort(), folder)
  programs.push(api)
  sayDone('Servers started')

  const ours = async (path: string) => ({
    url: `${api.url}/api/v1/${path}`,
    headers: {
      'x-authstack-key': instance.nativeKey,
      authorization: `Bearer ${await freshToken(instance, api.url, subject)}`,
    },
  })
  const organization = `organizations/${subject.organizationId}`
  const authorise = () => ours(`x/${organization}/authorise`)
  const contestants: Contestant[] = [
    {
      name: 'bare',
      ...bare,
      requests: 30_000,
      // The very same request: reading a key and a token off the wire is no decision.
      request: async () => ({ ...(await authorise()), url: bare.url }),
    },
    { name: 'authorise', ...api, requests: 20_000, request: authorise },
    {
      name: 'list',
      ...api,
      requests: 4_000,
      request: () => ours(`${organization}/members?limit=50`),
    },
    ...peerContestants('', peer),
    ...peerContestants(' cached', cachedPeer),
  ]
  const postmaster = JSON.parse(
    readFileSync(join(instance.state, 'run', 'postgres.json'), 'utf8'),
  ).pid
  const costs = await measureCost(contestants, rounds, tools.load, () => postgresCpu(postmaster))
  sayDone('Costs measured')
  unpin(api)
  const storm = await measureStorm(instance, api.url, authorise, rounds, tools.vegeta)
  sayDone('Storm measured')
  const gates = judge(costs, storm)
  const page = hotPathPage({ costs, storm, gates, rounds, isPinned })
  process.stdout.write(page)
  if (!isQuick) {
    writeSection('hot-path', 'node scripts/bench/hot-path.ts', page)
    say('Written: docs/benchmarks.md')
  }
  if (gates.some(({ holds }) => !holds)) process.exitCode = 1
} finally {
  for (const program of programs) await program.end()
  rmSync(folder, { recursive: true, force: true })
  await unseed(instance)
  await end()
}

async function start(file: string, ...args: string[]): Promise<Program & { url: string }> {
  const port = await findFreePort()
  const program = await startProgram([file, String(port), ...args], { cwd: tools.folder })
  programs.push(program)
  return { ...program, url: `http://127.0.0.1:${port}` }
}

function peerContestants(suffix: string, { pid, url, facts }: Program & { url: string }) {
  const { cookie, organizationId } = facts
  const headers = { cookie: String(cookie), origin: url, 'content-type': 'application/json' }
  const permission: Contestant = {
    name: `peer permission${suffix}`,
    pid,
    requests: 1_500,
    request: async () => ({
      url: `${url}/api/auth/organization/has-permission`,
      method: 'POST',
      headers,
      body: JSON.stringify({ organizationId, permissions: { member: ['create'] } }),
    }),
  }
  const list: Contestant = {
    name: `peer list${suffix}`,
    pid,
    requests: 800,
    request: async () => ({
      url: `${url}/api/auth/organization/list-members?organizationId=${organizationId}&limit=50`,
      headers: { cookie: headers.cookie, origin: url },
    }),
  }
  return [permission, list]
}
