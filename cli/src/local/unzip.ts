import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import type { Entry, ZipFile } from 'yauzl'

/** Unpacks a zip into `folder`; `strip` leaves out that many leading path parts. */
export async function unzip(file: string, folder: string, strip = 0): Promise<void> {
  const { default: yauzl } = await import('yauzl')
  const zip = await new Promise<ZipFile>((done, fail) => {
    yauzl.open(file, { lazyEntries: true }, (error, opened) => (error ? fail(error) : done(opened)))
  })
  const openEntry = promisify(zip.openReadStream.bind(zip))
  await new Promise<void>((done, fail) => {
    const next = async (entry: Entry) => {
      const target = targetOf(folder, entry.fileName, strip)
      if (target && !entry.fileName.endsWith('/')) {
        mkdirSync(dirname(target), { recursive: true })
        // The upper half of the attributes holds the Unix mode: without it no script is executable.
        const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644
        await pipeline(await openEntry(entry), createWriteStream(target, { mode }))
      }
      zip.readEntry()
    }
    zip.on('entry', (entry: Entry) => next(entry).catch(fail))
    zip.on('end', done)
    zip.on('error', fail)
    zip.readEntry()
  })
}

/** yauzl refuses absolute names and `..`; this says so once more where the file is written. */
function targetOf(folder: string, name: string, strip: number): string | null {
  const parts = name.split('/').slice(strip)
  if (parts.join('') === '') return null
  const target = resolve(folder, ...parts)
  if (!target.startsWith(resolve(folder) + sep)) throw new Error(`${name} leaves the folder`)
  return target
}
