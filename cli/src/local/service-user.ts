import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** `nobody`: PostgreSQL refuses to run as root, and a Redis that may write as root is a way in. */
export function serviceUid(): number | undefined {
  return process.getuid?.() === 0 ? 65534 : undefined
}

/** Makes a private folder of the service user; a folder that is already there changes hands. */
export function serviceFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  const uid = serviceUid()
  if (uid !== undefined && statSync(path).uid !== uid) chownTree(path, uid)
}

/** The first parent of `path` that another user may not walk through, or null. */
export function closedParent(path: string): string | null {
  if (serviceUid() === undefined) return null
  for (let folder = path; ; folder = dirname(folder)) {
    const stat = statSync(folder, { throwIfNoEntry: false })
    if (stat && (stat.mode & 0o001) === 0) return folder
    if (folder === dirname(folder)) return null
  }
}

function chownTree(path: string, uid: number): void {
  chownSync(path, uid, uid)
  for (const name of readdirSync(path)) {
    const child = join(path, name)
    const stat = lstatSync(child)
    if (stat.isDirectory()) chownTree(child, uid)
    else if (!stat.isSymbolicLink()) chownSync(child, uid, uid)
  }
}
