import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startTime } from '../machine/start-time.ts'
import { writeJsonAtomic } from '../machine/write-atomic.ts'

/** What is known of a process we started, kept in `<state>/run/<name>.json`. */
export type ProcessRecord = {
  name: string
  pid: number
  /** Opaque; with the pid it names one process for ever (see start-time.ts). */
  startTime: string
  command: string
  /** Of everything that a running process cannot change: other fingerprint, restart needed. */
  fingerprint: string
  /** ISO 8601, UTC. */
  startedAt: string
  /** Size of its log when it began: what lies before was said by a predecessor. */
  logStart: number
  /** The release it runs; only for API colours. `dev` is the working tree. */
  version?: string
}

/** Writes the record of a process; replaces the one before. */
export function writeRecord(runFolder: string, record: ProcessRecord): void {
  writeJsonAtomic(join(runFolder, `${record.name}.json`), record)
}

/** The record under this name, or null; a damaged one counts as none. */
export function readRecord(runFolder: string, name: string): ProcessRecord | null {
  try {
    return JSON.parse(readFileSync(join(runFolder, `${name}.json`), 'utf8')) as ProcessRecord
  } catch {
    return null
  }
}

/** All records of an instance, in no order. */
export function listRecords(runFolder: string): ProcessRecord[] {
  try {
    return readdirSync(runFolder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => readRecord(runFolder, file.slice(0, -'.json'.length)))
      .filter((record) => record !== null)
  } catch {
    return []
  }
}

/** Forgets a process. */
export function removeRecord(runFolder: string, name: string): void {
  rmSync(join(runFolder, `${name}.json`), { force: true })
}

/** True only when the very process of the record lives; a reused pid is somebody else. */
export function isRunning(record: ProcessRecord | null): record is ProcessRecord {
  return record !== null && startTime(record.pid) === record.startTime
}
