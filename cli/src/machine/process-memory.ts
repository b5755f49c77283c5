import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Memory in bytes of a process and all its descendants, or null when the process cannot be read.
 * PostgreSQL, for one, is a postmaster with a child for each connection, and all of them map the
 * same shared buffers: the kernel's proportional share (PSS) counts those once. Where PSS may not be
 * read (another user's process, another system) it is the resident size, which counts them each time.
 */
export function processMemory(pid: number): number | null {
  return process.platform === 'linux' ? linuxMemory(pid) : portableMemory(pid)
}

function linuxMemory(pid: number): number | null {
  const own = linuxBytes(pid)
  if (own === null) return null
  const children = childrenOf(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), parent: linuxParent(name) })),
  )
  return descendants(pid, children).reduce((sum, one) => sum + (linuxBytes(one) ?? 0), own)
}

function portableMemory(pid: number): number | null {
  const rows = psRows()
  const kilobytes = new Map(rows.map((row) => [row.pid, row.kilobytes]))
  const own = kilobytes.get(pid)
  if (!own) return null
  const below = descendants(pid, childrenOf(rows))
  return below.reduce((sum, one) => sum + (kilobytes.get(one) ?? 0), own) * 1024
}

function childrenOf(processes: { pid: number; parent: number }[]): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const { pid, parent } of processes) {
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  return children
}

function descendants(pid: number, children: Map<number, number[]>): number[] {
  return (children.get(pid) ?? []).flatMap((child) => [child, ...descendants(child, children)])
}

function linuxBytes(pid: number): number | null {
  const share = /^Pss:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/smaps_rollup`))?.[1]
  const kilobytes = share ?? /^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`))?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}

/** 0 (nobody's parent) when the process ended meanwhile. */
function linuxParent(pid: string): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function psRows(): { pid: number; parent: number; kilobytes: number }[] {
  try {
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid = 0, parent = 0, kilobytes = 0]) => ({ pid, parent, kilobytes }))
  } catch {
    return []
  }
}
