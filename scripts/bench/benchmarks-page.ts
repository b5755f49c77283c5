import { formatSeconds } from '../lib/terminal.ts'
import type { PartMemory } from './read-memory.ts'
import type { CloneRun } from './run-clone.ts'
import type { Summary } from './statistics.ts'

export type Figures = {
  run: Pick<CloneRun, 'firstSeconds' | 'secondSeconds' | 'againSeconds'>
  help: { bare: Summary; help: Summary }
  memory: PartMemory[]
  latency: { signIn: Summary; change: Summary }
  dev: Summary
}

/** The part of docs/benchmarks.md about one instance: each figure with the command that made it. */
export function benchmarksPage({ run, help, memory, latency, dev }: Figures): string {
  const over = help.help.medianMs - help.bare.medianMs
  const total = memory.reduce((sum, { bytes }) => sum + bytes, 0)
  return `## One instance

### From clone to addresses

A fresh clone, with AUTHSTACK_HOME, AUTHSTACK_CACHE and AUTHSTACK_DEMO_DIR in an empty folder. What npm and Maven had in their own caches was left there.

| | command | time |
|---|---|---:|
| first run | \`git clone … && bin/demo --json\` | ${formatSeconds(run.firstSeconds)} |
| second run | \`bin/demo stop\`, then \`bin/demo --json\` | ${formatSeconds(run.secondSeconds)} |
| while it runs | \`bin/demo --json\` | ${formatSeconds(run.againSeconds)} |

The bound for the second run is 60 s on 2 cores.

### Memory

\`authstack status --json\`, right after that: each part with all its child processes, pages they share counted once (PSS).

| part | MiB |
|---|---:|
${memory.map(({ name, bytes }) => `| ${name} | ${toMebibytes(bytes)} |`).join('\n')}
| **all** | ${toMebibytes(total)} |

### The CLI

\`authstack --help\` and \`node -e 0\` in turns, ${help.help.n} rounds.

| | median | p95 |
|---|---:|---:|
| \`node -e 0\` | ${ms(help.bare.medianMs)} | ${ms(help.bare.p95Ms)} |
| \`authstack --help\` | ${ms(help.help.medianMs)} | ${ms(help.help.p95Ms)} |
| over bare Node | ${ms(over)} | |

The bound is 120 ms over bare Node.

### Latency

One person, one request at a time, against that demo, through the front.

| | request | n | median | p95 |
|---|---|---:|---:|---:|
| sign in | \`POST auth/login\` | ${latency.signIn.n} | ${ms(latency.signIn.medianMs)} | ${ms(latency.signIn.p95Ms)} |
| switch | \`POST auth/switch\` | ${latency.change.n} | ${ms(latency.change.medianMs)} | ${ms(latency.change.p95Ms)} |

A sign-in is mostly bcrypt at cost 12; a switch is one assertion and one token from the organization's realm.

### dev: edit to answer

\`authstack dev\` in that demo's project: from saving a route in \`extensions/routes\` to the first answer of the new code through the front.

| n | median | p95 |
|---:|---:|---:|
| ${dev.n} | ${ms(dev.medianMs)} | ${ms(dev.p95Ms)} |

The bound for the median is 1 s.
`
}

const ms = (milliseconds: number) =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`
const toMebibytes = (bytes: number) => Math.round(bytes / 2 ** 20)
