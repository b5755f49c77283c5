import { parseArgs } from 'node:util'
import { formatSeconds, say, sayError } from '../lib/terminal.ts'
import { check } from './check.ts'
import { stepsOf, type Tier } from './steps.ts'
import { writeReport } from './write-report.ts'

const usage = `Usage: bin/check [--quick | --full] [--only <step>]... [--list]

  --quick   format, lint, types, units
  --full    everything, and docs/checks.md and docs/benchmarks.md written anew
  --only    one step by its name; may be repeated
  --list    the steps of the tier, without running them`

process.exitCode = await run()

async function run(): Promise<number> {
  const options = readOptions()
  if (options === null) return 2
  if (options.list) {
    for (const { name } of stepsOf(options.tier)) process.stdout.write(`${name}\n`)
    return 0
  }
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      say('Interrupted: ending what was started')
      interrupted.abort()
    })
  }
  const started = performance.now()
  try {
    const results = await check(options.tier, options.only, interrupted.signal)
    const seconds = (performance.now() - started) / 1000
    const passed = results.reduce((total, { counts }) => total + counts.passed, 0)
    const failed = results.reduce((total, { counts }) => total + counts.failed, 0)
    if (interrupted.signal.aborted) return 130
    if (options.tier === 'full' && options.only.length === 0) writeReport(results, seconds)
    const broken = results.filter(({ counts }) => counts.failed > 0).map(({ name }) => name)
    say()
    if (broken.length > 0) say(`Failed: ${broken.join(', ')}`)
    say(`In ${formatSeconds(seconds)}`)
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
    return failed > 0 ? 1 : 0
  } catch (error) {
    sayError(error)
    return 1
  }
}

function readOptions(): { tier: Tier; only: string[]; list: boolean } | null {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help) {
      say(usage)
      process.exit(0)
    }
    const tier = values.full ? 'full' : values.quick ? 'quick' : 'default'
    const only = values.only ?? []
    const names = stepsOf(tier).map(({ name }) => name)
    const unknown = only.find((name) => !names.includes(name))
    if (unknown) throw new Error(`No step '${unknown}' here. Steps: ${names.join(', ')}`)
    return { tier, only, list: !!values.list }
  } catch (error) {
    say((error as Error).message)
    say(usage)
    return null
  }
}
