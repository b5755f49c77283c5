import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAuthstack } from '../lib/run-authstack.ts'
import { sayDone } from '../lib/terminal.ts'
import { type ImportRun, importPage } from './import-page.ts'
import { writeSection } from './write-section.ts'

/**
 * Imports 10,000 made-up people into a running instance in test mode and writes the figure into
 * docs/benchmarks.md. AUTHSTACK_TEST_INSTANCE names the instance, as for the suites.
 */
const PEOPLE = Number(process.env.AUTHSTACK_BENCH_PEOPLE ?? 10_000)
/** Of no password that anybody has. A hash is stored as it comes, so which one it is costs nothing. */
const HASH = '$2b$10$eApMKv9hRhaCMtRQgahIq.mlVCGSbbzyfKYLidj03JbbrmdNYvWZe'

const path = process.env.AUTHSTACK_TEST_INSTANCE
if (!path) throw new Error('AUTHSTACK_TEST_INSTANCE must name a running instance')
const { project, home } = JSON.parse(readFileSync(path, 'utf8')) as {
  project: string
  home: string
}

const folder = mkdtempSync(join(tmpdir(), 'authstack-import-'))
try {
  const file = join(folder, 'people.csv')
  writeFileSync(file, people(PEOPLE))
  const first = await run(file)
  const again = await run(file)
  sayDone(
    `${PEOPLE} people in ${Math.round(first.seconds)} s; again in ${again.seconds.toFixed(1)} s`,
  )
  writeSection(
    'import',
    'AUTHSTACK_TEST_INSTANCE=<file> node scripts/bench/import.ts',
    importPage(first, again),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function run(file: string): Promise<ImportRun> {
  const args = ['import', file, '--mode', 'test', '--restart']
  return runAuthstack(args, { cwd: project, env: { ...process.env, AUTHSTACK_HOME: home } })
}

/** New addresses at each run, so that it measures creating and not skipping. */
function people(count: number): string {
  const stamp = Date.now().toString(36)
  const lines = Array.from(
    { length: count },
    (_one, index) => `p${index}.${stamp}@import.example,Ada,Person ${index},true,${HASH}`,
  )
  return `email,first_name,last_name,email_verified,password_hash\n${lines.join('\n')}\n`
}
