import { BugError } from '../errors.ts'
import type { TaskName, TaskResult } from './machine.ts'

/** The last line of a task's stdout that is a JSON object: tasks print one for us. */
export function lastJsonLine<T>(result: TaskResult, task: TaskName): T {
  const lines = result.stdout.trim().split('\n')
  for (const line of lines.reverse()) {
    if (!line.startsWith('{')) continue
    try {
      return JSON.parse(line) as T
    } catch {}
  }
  throw new BugError(`src/tasks/${task}.ts printed no JSON line`)
}
