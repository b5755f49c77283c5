import { say, sayDone } from '../lib/terminal.ts'
import { benchmarksPage } from './benchmarks-page.ts'
import { measureDev } from './measure-dev.ts'
import { measureHelp } from './measure-help.ts'
import { measureLatency } from './measure-latency.ts'
import { readMemory } from './read-memory.ts'
import { runClone } from './run-clone.ts'
import { writeSection } from './write-section.ts'

/**
 * Measures and writes the first part of docs/benchmarks.md. Bounded in count and time, and talks to this computer only.
 * A fresh clone with a home and cache of its own is used, so the figures are those of a new user.
 */
const help = measureHelp()
sayDone(`authstack --help: median ${Math.round(help.help.medianMs)} ms`)
const run = runClone()
try {
  sayDone(`First run ${Math.round(run.firstSeconds)} s, second ${Math.round(run.secondSeconds)} s`)
  const memory = await readMemory(run.demo.project, run.env)
  const latency = await measureLatency(run.demo)
  const dev = await measureDev(run.demo, run.env)
  writeSection(
    'instance',
    'node scripts/bench/main.ts',
    benchmarksPage({ run, help, memory, latency, dev }),
  )
  say('Written: docs/benchmarks.md')
} finally {
  run.end()
}
