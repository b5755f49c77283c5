import { join } from 'node:path'

/** Absolute path of this clone. */
export const repository = join(import.meta.dirname, '..', '..')

/** The CLI as it was built from this clone; run it with `process.execPath`. */
export const authstackBin = join(repository, 'cli', 'bin', 'run.js')
