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

/**
 * Barriers that were passed after `target` served for the first time, by whatever version, also one
 * that failed later: a contract migration is never unapplied.
 */
export function barriersBetween(entries: HistoryEntry[], target: string): string[] {
  const last = entries.findLastIndex((entry) => entry.version === target)
  const behind = new Set(entries.slice(0, last + 1).flatMap((entry) => entry.barriers ?? []))
  const passed = new Set(entries.flatMap((entry) => entry.barriers ?? []))
  return [...passed].filter((barrier) => !behind.has(barrier))
}
