import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
import { accent, dim, formatSeconds, mark, red, say } from '../lib/terminal.ts'
import { type Counts, countTests } from './count-tests.ts'
import { type Finished, runCommand } from './run-command.ts'
import {
  makeSharedInstance,
  removeSharedInstance,
  type SharedInstance,
  startSharedInstance,
  stopSharedInstance,
} from './shared-instance.ts'
import { type Step, stepsOf, type Tier } from './steps.ts'

export type StepResult = { name: string; seconds: number; counts: Counts; log: string }

const logs = join(repository, '.tools', 'check')
const stepTimeoutSeconds = 600
const failureLines = 60

/**
 * Runs every step of the tier, on through failures, and gives one result a step. What needs the running instance
 * fails when that did not start. Whatever happens, what was started is ended before this returns.
 */
export async function check(
  tier: Tier,
  only: string[],
  signal: AbortSignal,
): Promise<StepResult[]> {
  const steps = stepsOf(tier).filter(({ name }) => only.length === 0 || only.includes(name))
  const results: StepResult[] = []
  const shared = makeSharedInstance()
  let instanceStarted: boolean | null = null
  try {
    for (const step of steps) {
      if (signal.aborted) break
      if (step.needsInstance && instanceStarted === null) {
        const started = await startInstance(shared, signal)
        results.push(started)
        instanceStarted = started.counts.failed === 0
      }
      results.push(
        step.needsInstance && !instanceStarted
          ? notRun(step)
          : await runStep(step, tier, step.needsInstance ? shared : null, signal),
      )
    }
  } finally {
    const log = join(logs, 'stop.log')
    if (instanceStarted === null) removeSharedInstance(shared)
    else {
      results.push(
        await timeStep('bin/demo stop ends all it started', log, 'exit', () =>
          stopSharedInstance(shared, log),
        ),
      )
    }
  }
  return results
}

async function startInstance(shared: SharedInstance, signal: AbortSignal): Promise<StepResult> {
  const log = join(logs, 'instance.log')
  return await timeStep('Instance by bin/demo', log, 'exit', () =>
    startSharedInstance(shared, { log, signal }),
  )
}

async function runStep(
  step: Step,
  tier: Tier,
  shared: SharedInstance | null,
  signal: AbortSignal,
): Promise<StepResult> {
  const log = join(logs, `${step.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`)
  const cwd = join(repository, step.folder ?? '.')
  if (!existsSync(cwd)) return notRun(step, `${step.folder} does not exist`)
  return await timeStep(step.name, log, step.counts, () =>
    runCommand(step.command, {
      cwd,
      env: {
        ...process.env,
        ...(shared ? { ...shared.env, AUTHSTACK_TEST_INSTANCE: shared.file } : {}),
        // Suites that have a short and a long form run the long one.
        AUTHSTACK_FULL: tier === 'full' ? '1' : undefined,
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
        CI: 'true',
      },
      log,
      timeoutSeconds: step.timeoutSeconds ?? stepTimeoutSeconds,
      signal,
    }),
  )
}

async function timeStep(
  name: string,
  log: string,
  how: Step['counts'],
  run: () => Promise<Finished>,
): Promise<StepResult> {
  const started = performance.now()
  const { exitCode, output } = await run()
  const result = {
    name,
    log,
    seconds: (performance.now() - started) / 1000,
    counts: countTests(how, output, exitCode),
  }
  sayResult(result)
  if (result.counts.failed > 0) sayFailure(result, output)
  return result
}

function notRun(step: Step, why = 'the instance did not start'): StepResult {
  const result = {
    name: step.name,
    seconds: 0,
    counts: { passed: 0, failed: 1, skipped: 0 },
    log: '',
  }
  say(`${red(mark.failed)} ${step.name}  ${dim(`not run: ${why}`)}`)
  return result
}

function sayResult({ name, seconds, counts }: StepResult): void {
  const sign = counts.failed > 0 ? red(mark.failed) : accent(mark.done)
  const parts = [`${counts.passed} passed`]
  if (counts.failed > 0) parts.push(`${counts.failed} failed`)
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`)
  say(`${sign} ${name}  ${dim(`${parts.join(', ')}  ${formatSeconds(seconds)}`)}`)
}

function sayFailure({ log }: StepResult, output: string): void {
  for (const line of output.trimEnd().split('\n').slice(-failureLines)) say(`    ${line}`)
  say(dim(`    all of it: ${log}`))
}
