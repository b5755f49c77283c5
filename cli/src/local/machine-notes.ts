import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { writeAtomic } from '../machine/write-atomic.ts'

/** Small texts that a deploy leaves for its next run, as files beside the instance's own. */
export function machineNotes(folder: string): Machine['notes'] {
  const path = (name: string) => join(folder, name)
  return {
    write(name, text) {
      writeAtomic(path(name), text, 0o600)
      return path(name)
    },
    read: (name) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : null),
    remove: (name) => rmSync(path(name), { force: true }),
  }
}
