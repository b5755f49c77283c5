import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { UserError } from '../errors.ts'

/**
 * Writes lines to a new file that only its owner may read (it holds addresses of people), or to
 * stdout. Waits when the reader is slower. Returns how many lines there were.
 */
export async function writeExport(
  lines: AsyncIterable<string>,
  file: string | undefined,
): Promise<number> {
  const stream = file ? createWriteStream(file, { flags: 'wx', mode: 0o600 }) : process.stdout
  const failed = file ? once(stream, 'error').then(([error]) => explain(error, file)) : null
  let count = 0
  const write = async () => {
    for await (const line of lines) {
      count += 1
      if (!stream.write(`${line}\n`)) await once(stream, 'drain')
    }
  }
  await (failed ? Promise.race([write(), failed]) : write())
  if (file) {
    stream.end()
    await Promise.race([finished(stream), failed])
  }
  return count
}

function explain(error: NodeJS.ErrnoException, file: string): never {
  throw new UserError({
    code: 'file_not_written',
    what: `${file} could not be written.`,
    why: error.code === 'EEXIST' ? 'There is a file with this name already.' : error.message,
    next: ['Name another file with --output.'],
    cause: error,
  })
}
