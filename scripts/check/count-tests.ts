import { stripVTControlCharacters } from 'node:util'
import { isExcused } from './excused-skips.ts'
import type { Step } from './steps.ts'

export type Counts = { passed: number; failed: number; skipped: number }

/**
 * What a step's output says it tested, together with its exit code. A step that failed has at least one failure,
 * and a test runner that ran no test has failed: silence is not a pass. For the same reason a skipped test counts
 * as failed, unless its reason is on the list of excused-skips.ts.
 */
export function countTests(how: Step['counts'], output: string, exitCode: number): Counts {
  if (how === 'exit')
    return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
  const text = stripVTControlCharacters(output)
  const read = readers[how](text)
  const counts = { ...read, failed: read.failed + unexcused(how, text, read.skipped) }
  const ranNone = counts.passed + counts.failed === 0
  if ((exitCode !== 0 || ranNone) && counts.failed === 0) return { ...counts, failed: 1 }
  return counts
}

const readers = {
  /** `Tests  2 failed | 40 passed | 1 skipped (43)`; several when it ran more than once. */
  vitest: (output: string): Counts => {
    const lines = output.match(/^\s*Tests\s+.*\(\d+\)$/gm) ?? []
    return {
      passed: sum(lines, /(\d+) passed/),
      failed: sum(lines, /(\d+) failed/),
      skipped: sum(lines, /(\d+) (?:skipped|todo)/),
    }
  },
  /** `ℹ pass 3` of the spec reporter or `# pass 3` of TAP. Skips by their lines: the summary leaves out suites. */
  'node-test': (output: string): Counts => ({
    passed: sum(output.match(/^(?:ℹ|#) pass \d+$/gm) ?? [], /(\d+)$/),
    failed: sum(output.match(/^(?:ℹ|#) (?:fail|cancelled) \d+$/gm) ?? [], /(\d+)$/),
    skipped: skipReasons(output).length,
  }),
  /** `12 passed, 0 failed` alone on a line. */
  plain: (output: string): Counts => {
    const lines = output.match(/^\d+ passed, \d+ failed$/gm) ?? []
    return { passed: sum(lines, /^(\d+) passed/), failed: sum(lines, /(\d+) failed$/), skipped: 0 }
  },
}

/** How many of the skips nobody excused. vitest gives no reasons, so none of its are. */
function unexcused(how: Step['counts'], output: string, skipped: number): number {
  if (how !== 'node-test') return skipped
  return skipReasons(output).filter((reason) => !isExcused(reason)).length
}

/** `﹣ name (1.2ms) # reason` of the spec reporter, `ok 1 - name # SKIP reason` of TAP; TODO is a skip too. */
function skipReasons(output: string): string[] {
  const spec = [...output.matchAll(/^ *﹣ .*? # (.*)$/gm)].map((line) => line[1] ?? '')
  const todo = [...output.matchAll(/^ *[✔✖] .* # (TODO.*)$/gm)].map((line) => line[1] ?? '')
  const tap = [...output.matchAll(/^ *(?:not )?ok \d+ .* # (?:SKIP|TODO) ?(.*)$/gm)]
  return [...spec, ...todo, ...tap.map((line) => line[1] ?? '')]
}

function sum(lines: string[], number: RegExp): number {
  return lines.reduce((total, line) => total + Number(number.exec(line)?.[1] ?? 0), 0)
}
