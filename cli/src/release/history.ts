import { existsSync, readFileSync } from 'node:fs'
import { BugError } from '../errors.ts'
import { writeJsonAtomic } from '../machine/write-atomic.ts'
import type { HistoryEntry } from '../state/instance.ts'

/** All entries of history.json, oldest first; empty before the first deploy. */
export function readHistory(file: string): HistoryEntry[] {
  if (!existsSync(file)) return []
  try {
    const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: HistoryEntry[] }
    return entries
  } catch (cause) {
    throw new BugError(`${file} is damaged`, { cause })
  }
}

/** Adds one entry; the file is replaced whole. Call it under the deploy lock only. */
export function appendHistory(file: string, entry: HistoryEntry): void {
  writeJsonAtomic(file, { entries: [...readHistory(file), entry] })
}

/** The entry of what serves now, or null before the first success. */
export function liveEntry(entries: HistoryEntry[]): HistoryEntry | null {
  return entries.findLast((entry) => entry.status === 'live') ?? null
}

/** The version to go back to when none is named: the last other one that was live before. */
export function previousVersion(entries: HistoryEntry[]): string | null {
  const live = liveEntry(entries)?.version
  return (
    entries.findLast((entry) => entry.status === 'live' && entry.version !== live)?.version ?? null
  )
}

/** Barriers that the live version has and `target` has not: what going back would cross. */
export function barriersBetween(entries: HistoryEntry[], target: string): string[] {
  const behind = new Set(entries.findLast((entry) => entry.version === target)?.barriers ?? [])
  const crossed = liveEntry(entries)?.barriers ?? []
  return crossed.filter((barrier) => !behind.has(barrier))
}
