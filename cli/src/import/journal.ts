import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeJsonAtomic } from '../machine/write-atomic.ts'
import type { StatePaths } from '../state/state-paths.ts'
import type { Counts, Fault } from './import-result.ts'

/**
 * How far an import came, beside the instance's state: `imports/<digest>-<mode>.json`, for the user
 * who deployed alone. It holds addresses of faulty lines, and never a hash.
 */
export type Journal = {
  file: string
  startedAt: string
  finishedAt: string | null
  /** People whose batch was answered; the next one begins behind them. */
  done: number
  counts: Counts
  faults: Fault[]
}

export function journalFile(paths: StatePaths, digest: string, mode: string): string {
  return join(paths.folder, 'imports', `${digest.slice(0, 16)}-${mode}.json`)
}

/** What an interrupted import of the same file left, or null. A damaged or finished one is none. */
export function readJournal(path: string): Journal | null {
  if (!existsSync(path)) return null
  try {
    const journal = JSON.parse(readFileSync(path, 'utf8')) as Journal
    return journal.finishedAt === null && Number.isInteger(journal.done) ? journal : null
  } catch {
    return null
  }
}

export function writeJournal(path: string, journal: Journal): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  writeJsonAtomic(path, journal, 0o600)
}
