import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a whole file or nothing: a temporary sibling, then a rename, so that Ctrl-C or a full disk
 * never leaves half a record behind. Synchronous on purpose: no signal handler runs in between.
 */
export function writeAtomic(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  try {
    writeFileSync(temporary, content, { mode, flag: 'wx' })
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** The same for a value as JSON with a closing newline. */
export function writeJsonAtomic(path: string, value: unknown, mode = 0o644): void {
  writeAtomic(path, `${JSON.stringify(value, null, 2)}\n`, mode)
}
