import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * When the process with this pid began, as an opaque string, or null when there is none (a zombie
 * counts as none). Pids are reused: only pid and start time together name a process, and nothing
 * here is ever killed by pid alone.
 */
export function startTime(pid: number): string | null {
  return process.platform === 'linux' ? linuxStartTime(pid) : portableStartTime(pid)
}

/** Changes at every boot of this computer, so that what was recorded before it is void. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return hostname()
  }
}

function linuxStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may itself hold spaces and parentheses: count from the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return fields[19] ?? null
  } catch {
    return null
  }
}

function portableStartTime(pid: number): string | null {
  const [state, ...rest] = ps(pid, 'state=,lstart=')?.split(/\s+/) ?? []
  return !state || state.startsWith('Z') ? null : rest.join(' ')
}

function ps(pid: number, columns: string): string | null {
  try {
    const answer = execFileSync('ps', ['-o', columns, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return answer.trim() || null
  } catch {
    return null
  }
}
