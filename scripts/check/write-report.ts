import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeMachine } from '../lib/describe-machine.ts'
import { repository } from '../lib/repository.ts'
import { formatSeconds } from '../lib/terminal.ts'
import type { StepResult } from './check.ts'

/** Writes docs/checks.md: what the last `bin/check --full` ran, on which commit and machine, and what came of it. */
export function writeReport(results: StepResult[], seconds: number): void {
  const commit = git('rev-parse', 'HEAD')
  // The two pages that the check itself writes are no change of what was checked.
  const written = ['docs/checks.md', 'docs/benchmarks.md'].map((page) => `:!${page}`)
  const isClean = git('status', '--porcelain', '--', '.', ...written) === ''
  const rows = results.map(
    ({ name, seconds, counts }) =>
      `| ${name} | ${counts.passed} | ${counts.failed} | ${counts.skipped} | ${formatSeconds(seconds)} |`,
  )
  const total = (key: 'passed' | 'failed' | 'skipped') =>
    results.reduce((sum, { counts }) => sum + counts[key], 0)
  const text = `# Checks

Written by \`bin/check --full\`; not edited by hand.

| | |
|---|---|
| Commit | \`${commit}\`${isClean ? '' : ', with changes that were not committed'} |
| Date | ${new Date().toISOString()} |
| Machine | ${describeMachine()} |
| Duration | ${formatSeconds(seconds)} |

| step | passed | failed | skipped | time |
|---|---:|---:|---:|---:|
${rows.join('\n')}
| **All** | ${total('passed')} | ${total('failed')} | ${total('skipped')} | ${formatSeconds(seconds)} |
`
  writeFileSync(join(repository, 'docs', 'checks.md'), text)
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()
}
