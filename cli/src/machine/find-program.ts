import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** The absolute path of a program on PATH, or null. */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | null {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder || '.', name)
    try {
      accessSync(candidate, constants.X_OK)
      // Not its real path: redis-server may be a link to a program that looks at its own name.
      if (statSync(candidate).isFile()) return resolve(candidate)
    } catch {}
  }
  return null
}
