import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process we started. The start time tells it from a later one that was given the same number. */
export type ProcessRecord = { pid: number; startTime: string; command: string }

const stopPollMilliseconds = 100

/** Writes down a process that was just started, so that a later command can end it and nothing else. */
export function writeProcessRecord(path: string, pid: number, command: string): void {
  const startTime = startTimeOf(pid)
  if (!startTime) throw new Error(`"${command}" ended as soon as it was started`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify({ pid, startTime, command })}\n`)
}

/** The process of the record if that very process still runs, else null. */
export function readLiveProcess(path: string): ProcessRecord | null {
  let record: ProcessRecord
  try {
    record = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
  return startTimeOf(record.pid) === record.startTime ? record : null
}

/**
 * Ends the recorded process and the group it leads, politely first. True when something was ended.
 * Does nothing when the number now belongs to another process.
 */
export async function endRecordedProcess(path: string, graceSeconds = 10): Promise<boolean> {
  const record = readLiveProcess(path)
  if (record) {
    signalGroup(record.pid, 'SIGTERM')
    const deadline = Date.now() + graceSeconds * 1000
    while (signalGroup(record.pid, 0) && Date.now() < deadline) await sleep(stopPollMilliseconds)
    signalGroup(record.pid, 'SIGKILL')
  }
  rmSync(path, { force: true })
  return record !== null
}

/** When the process was started, as the system says it; null when there is none or it is a zombie. */
export function startTimeOf(pid: number): string | null {
  return process.platform === 'linux' ? startTimeByProc(pid) : startTimeByPs(pid)
}

/** Fields 3 (state) and 22 (start, in ticks since boot); the name in field 2 may itself hold blanks and brackets. */
function startTimeByProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function startTimeByPs(pid: number): string | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
    const [, state, start] = /^(\S+)\s+(.+)$/.exec(line) ?? []
    return state && start && !state.startsWith('Z') ? start : null
  } catch {
    return null
  }
}

/** Signal 0 only asks. False when nothing of the group is left, which is what was wanted. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}
