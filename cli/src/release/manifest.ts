import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** `path → SHA-256 (hex)` of every file of a release; a symlink counts as its target's text. */
export type FileDigests = Record<string, string>

/** `<release>/.authstack-release.json`: what the release is, provable file by file. */
export type Manifest = {
  version: string
  /** Of the project's own files: equal when nothing changed, whatever the version. */
  sourceDigest: string
  files: FileDigests
  /** Key of the shared node_modules; null for a project without a lockfile. */
  modulesKey: string | null
  commit: string | null
  message: string | null
  isDirty: boolean
  createdAt: string
}

export const manifestFile = '.authstack-release.json'

/** The manifest of an unpacked release, or null when it was not finished. */
export function readManifest(releaseFolder: string): Manifest | null {
  try {
    return JSON.parse(readFileSync(join(releaseFolder, manifestFile), 'utf8')) as Manifest
  } catch {
    return null
  }
}

/** Digests of the named files below `folder`. */
export function digestFiles(folder: string, paths: string[]): FileDigests {
  const digests: FileDigests = {}
  for (const path of [...paths].sort()) {
    const file = join(folder, path)
    const content = lstatSync(file).isSymbolicLink() ? readlinkSync(file) : readFileSync(file)
    digests[path] = createHash('sha256').update(content).digest('hex')
  }
  return digests
}

/** One digest over names and contents. */
export function digestOf(files: FileDigests): string {
  const hash = createHash('sha256')
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path]}\n`)
  return hash.digest('hex')
}

export type Changes = { added: string[]; changed: string[]; removed: string[] }

/** What is different in `to`, by file. */
export function compareFiles(from: FileDigests, to: FileDigests): Changes {
  return {
    added: Object.keys(to).filter((path) => !(path in from)),
    changed: Object.keys(to).filter((path) => path in from && from[path] !== to[path]),
    removed: Object.keys(from).filter((path) => !(path in to)),
  }
}
