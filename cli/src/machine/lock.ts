import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import { bootId, startTime } from './start-time.ts'

/** Who holds a lock file: enough to tell whether that process still lives. */
export type LockHolder = {
  owner: string
  host: string
  pid: number
  startTime: string
  bootId: string
  command: string
  /** ISO 8601, UTC. */
  at: string
}

/**
 * Takes the lock file or throws `locked` (exit 7) naming who has it. A lock of a dead process, of a
 * reused pid or from before the last boot is void and taken over.
 */
export function takeLock(file: string, command: string, owner: string): () => Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const mine: LockHolder = {
    owner,
    host: hostname(),
    pid: process.pid,
    startTime: startTime(process.pid) ?? '',
    bootId: bootId(),
    command,
    at: new Date().toISOString(),
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createWhole(file, mine)) return async () => releaseLock(file, mine)
    const holder = readLock(file)
    if (holder && !isStale(holder)) throw lockedError(holder)
    rmSync(file, { force: true })
  }
  throw new Error(`${file} cannot be taken`)
}

/** Who holds the lock, or null. A file that cannot be read holds nothing. */
export function readLock(file: string): LockHolder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockHolder
  } catch {
    return null
  }
}

/** True when the process that took it cannot be running any more. */
export function isStale(holder: LockHolder): boolean {
  return holder.bootId !== bootId() || startTime(holder.pid) !== holder.startTime
}

/** The lock appears with its content or not at all: `link` fails when the name is taken. */
function createWhole(file: string, holder: LockHolder): boolean {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(temporary, `${JSON.stringify(holder, null, 2)}\n`, { flag: 'wx', mode: 0o644 })
  try {
    linkSync(temporary, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Never removes a lock that somebody else has taken over meanwhile. */
function releaseLock(file: string, mine: LockHolder): void {
  const holder = readLock(file)
  if (holder?.pid === mine.pid && holder.at === mine.at) rmSync(file, { force: true })
}

function lockedError(holder: LockHolder): UserError {
  const minutes = Math.round((Date.now() - Date.parse(holder.at)) / 60_000)
  const age = minutes < 1 ? 'less than a minute ago' : `${minutes} min ago`
  return new UserError({
    code: 'locked',
    what: `Another \`${holder.command}\` is running`,
    why: `${holder.owner} on ${holder.host} began it ${age} (process ${holder.pid}).`,
    next: ['Wait until it ends, then run this again', 'If you are sure it hangs: authstack unlock'],
    exitCode: exitCodes.locked,
  })
}
