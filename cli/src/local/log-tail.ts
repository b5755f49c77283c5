import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

const BYTES_MAX = 64 * 1024
/** Frames of Node's own loader push the line that matters out of sight. */
const NODE_FRAME = /^\s+at .*\(?node:internal/

/**
 * The last `lines` lines of a process's log, none of them before byte `start`; empty when it has
 * none. Reads at most 64 KB.
 */
export function logTail(logFolder: string, name: string, lines = 15, start = 0): string[] {
  let file: number
  try {
    file = openSync(join(logFolder, `${name}.log`), 'r')
  } catch {
    return []
  }
  try {
    const size = fstatSync(file).size
    const length = Math.max(0, Math.min(size - start, BYTES_MAX))
    const buffer = Buffer.alloc(length)
    readSync(file, buffer, 0, length, size - length)
    const text = buffer.toString('utf8').trimEnd().split('\n')
    return text.filter((line) => line && !NODE_FRAME.test(line)).slice(-lines)
  } finally {
    closeSync(file)
  }
}
