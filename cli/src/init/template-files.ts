import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BugError } from '../errors.ts'

export type ProjectFile = { content: Buffer; isExecutable: boolean }
/** Files by their path inside the project, with `/`. */
export type ProjectFiles = Map<string, ProjectFile>

/** Made by a build or an install, or private to one computer: never part of a template. */
const leftOut =
  /^(node_modules|dist|target|coverage|data|\.git|\.DS_Store|\.env|\.env\.(?!example$).*|.*\.tsbuildinfo|.*\.log)$/

/** npm leaves these names out of a package, so the packed CLI carries them with this prefix. */
const dotPrefix = '_dot_'

/** The files of one template, as it lies in this checkout or in the npm package. */
export async function readTemplate(name: 'auth-server' | 'react-app'): Promise<ProjectFiles> {
  const files: ProjectFiles = new Map()
  await collect(await templateFolder(name), '', files)
  return files
}

async function collect(folder: string, prefix: string, files: ProjectFiles): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (leftOut.test(entry.name)) continue
    const path = join(folder, entry.name)
    const name = entry.name.startsWith(dotPrefix)
      ? `.${entry.name.slice(dotPrefix.length)}`
      : entry.name
    if (entry.isDirectory()) await collect(path, `${prefix}${name}/`, files)
    else if (entry.isFile()) {
      const { mode } = await stat(path)
      files.set(prefix + name, {
        content: await readFile(path),
        isExecutable: (mode & 0o111) !== 0,
      })
    }
  }
}

async function templateFolder(name: string): Promise<string> {
  // For whoever works on a template of their own, and for tests.
  if (process.env.AUTHSTACK_TEMPLATES) return join(process.env.AUTHSTACK_TEMPLATES, name)
  // dist/init/ → the package's own templates/, else those of the checkout beside cli/.
  for (const base of ['../../templates/', '../../../templates/']) {
    const folder = fileURLToPath(new URL(base + name, import.meta.url))
    if (await stat(folder).catch(() => null)) return folder
  }
  throw new BugError(`The template ${name} is missing from this installation`)
}
