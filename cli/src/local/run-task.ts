import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { InterruptedError, UserError } from '../errors.ts'
import type { TaskName, TaskResult } from '../machine/machine.ts'
import { harmlessEnv } from './start-process.ts'

const TASK_MINUTES_MAX = 10
const LINES_SHOWN = 12

/**
 * Runs `node src/tasks/<task>.ts` in a release folder to its end. Its talk also goes to
 * `<logs>/<task>.log`. Throws with the last lines when it does not exit 0.
 */
export async function runTask(options: {
  folder: string
  logs: string
  task: TaskName
  args?: string[]
  env: Record<string, string>
  signal?: AbortSignal
}): Promise<TaskResult> {
  options.signal?.throwIfAborted()
  mkdirSync(options.logs, { recursive: true, mode: 0o700 })
  const log = createWriteStream(join(options.logs, `${options.task}.log`), {
    flags: 'a',
    mode: 0o600,
  })
  // Detached: Ctrl-C in a terminal must not kill a migration in the middle, only end our wait.
  const child = spawn(process.execPath, [`src/tasks/${options.task}.ts`, ...(options.args ?? [])], {
    cwd: options.folder,
    env: { ...harmlessEnv(), ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let tail = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
    log.write(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    tail = (tail + chunk).slice(-16_384)
    log.write(chunk)
  })
  const timer = setTimeout(() => child.kill('SIGTERM'), TASK_MINUTES_MAX * 60_000)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    // The task was let run to its end, so what it did is whole; only then the interrupt counts.
    if (options.signal?.aborted) throw new InterruptedError()
    if (code === 0) return { stdout }
    throw taskError(options.task, code, `${stdout}\n${tail}`)
  } finally {
    clearTimeout(timer)
    log.end()
  }
}

function taskError(task: TaskName, code: number | null, output: string): UserError {
  const lines = output.trim().split('\n').filter(Boolean).slice(-LINES_SHOWN)
  return new UserError({
    code: 'task_failed',
    what: `${task} failed`,
    why: lines.length > 0 ? lines.join('\n') : `It ended with ${code}.`,
    next: [`Put it right in the project and run the command again`, `authstack logs ${task}`],
  })
}
