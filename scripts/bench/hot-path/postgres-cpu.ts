import { readdirSync, readFileSync } from 'node:fs'
import { cpuSeconds } from './start-program.ts'

/** CPU of all processes of the cluster whose postmaster has this pid; those that ended are missing. */
export function postgresCpu(postmaster: number): number {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && parentOf(pid) === postmaster)
    .reduce((sum, pid) => sum + cpuOrNothing(pid), 0)
}

function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

function cpuOrNothing(pid: number): number {
  try {
    return cpuSeconds(pid)
  } catch {
    return 0
  }
}
