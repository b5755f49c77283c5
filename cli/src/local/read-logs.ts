import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { usageError } from '../errors.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { logTail } from './log-tail.ts'

export type LogLine = { process: string; text: string }

const FOLLOW_EVERY_MS = 300

/** The logs that a name means: `api` is both colours, null all there are. Exit 2 for another name. */
export function chooseLogs(paths: StatePaths, name: string | null): string[] {
  const all = existsSync(paths.logs)
    ? readdirSync(paths.logs)
        .filter((file) => file.endsWith('.log'))
        .map((file) => file.slice(0, -'.log'.length))
        .sort()
    : []
  if (name === null) return all
  const chosen = all.filter((log) => log === name || log.replace(/-[ab]$/, '') === name)
  if (chosen.length > 0) return chosen
  throw usageError({
    code: 'log_unknown',
    what: `There is no log of "${name}".`,
    why: all.length > 0 ? `There are: ${all.join(', ')}.` : 'Nothing was started here yet.',
    next: [all.length > 0 ? 'authstack logs shows all of them' : 'authstack deploy'],
  })
}

/** The last lines of each, log after log. */
export function readLogs(paths: StatePaths, logs: string[], lines: number): LogLine[] {
  if (lines === 0) return []
  return logs.flatMap((log) =>
    logTail(paths.logs, log, lines).map((text) => ({ process: log, text })),
  )
}

/** Hands over every new line until the signal aborts. A log that shrank was begun anew. */
export async function followLogs(
  paths: StatePaths,
  logs: string[],
  onLine: (line: LogLine) => void,
  signal: AbortSignal,
): Promise<void> {
  const sizes = new Map(logs.map((log) => [log, sizeOf(paths, log)]))
  while (!signal.aborted) {
    await sleep(FOLLOW_EVERY_MS)
    for (const log of logs) {
      const size = sizeOf(paths, log)
      const from = sizes.get(log) ?? 0
      if (size === from) continue
      sizes.set(log, size)
      await readFrom(join(paths.logs, `${log}.log`), size < from ? 0 : from, size, (text) =>
        onLine({ process: log, text }),
      )
    }
  }
}

async function readFrom(
  file: string,
  start: number,
  end: number,
  onText: (text: string) => void,
): Promise<void> {
  if (end <= start) return
  const lines = createInterface({ input: createReadStream(file, { start, end: end - 1 }) })
  for await (const line of lines) onText(line)
}

function sizeOf(paths: StatePaths, log: string): number {
  return statSync(join(paths.logs, `${log}.log`), { throwIfNoEntry: false })?.size ?? 0
}
