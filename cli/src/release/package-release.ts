import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeJsonAtomic } from '../machine/write-atomic.ts'
import { buildPages } from './build-pages.ts'
import { copyFiles, listSourceFiles } from './copy-working-tree.ts'
import type { GitState } from './git-state.ts'
import { installModules, modulesKey } from './install-modules.ts'
import { digestFiles, digestOf, type Manifest, manifestFile } from './manifest.ts'

/** The working tree as it is at one moment, digested; nothing is copied yet. */
export type Snapshot = { files: Record<string, string>; sourceDigest: string }

/** Reads and digests every file of the project's working tree (about 0.1 s). */
export async function takeSnapshot(project: string): Promise<Snapshot> {
  const files = digestFiles(project, await listSourceFiles(project))
  return { files, sourceDigest: digestOf(files) }
}

export type PackageOptions = {
  project: string
  releases: string
  cacheRoot: string
  version: string
  git: GitState | null
  snapshot: Snapshot
  onProgress?: (detail: string) => void
  signal?: AbortSignal
}

/**
 * Makes the immutable folder of a version: copy, modules, pages, manifest, then one rename. Until
 * that rename there is no such version, so Ctrl-C leaves at most a folder that the next run removes.
 */
export async function packageRelease(options: PackageOptions): Promise<Manifest> {
  const { project, releases, cacheRoot, version, signal } = options
  const target = join(releases, version)
  const work = join(releases, `.${version}.building`)
  rmSync(work, { recursive: true, force: true })
  rmSync(target, { recursive: true, force: true })
  mkdirSync(work, { recursive: true, mode: 0o755 })
  copyFiles(project, work, Object.keys(options.snapshot.files))
  // Digested again from the copy: an editor may have saved between the two.
  const files = digestFiles(work, Object.keys(options.snapshot.files))
  const key = modulesKey(work)
  options.onProgress?.('installing modules')
  if (key) await installModules(work, cacheRoot, key, signal)
  options.onProgress?.('building pages')
  await buildPages(work, cacheRoot, files, key, signal)
  signal?.throwIfAborted()
  const manifest: Manifest = {
    version,
    sourceDigest: digestOf(files),
    files,
    modulesKey: key,
    commit: options.git?.commit ?? null,
    message: options.git?.message ?? null,
    isDirty: options.git?.isDirty ?? true,
    createdAt: new Date().toISOString(),
  }
  writeJsonAtomic(join(work, manifestFile), manifest)
  makeReadOnly(work)
  renameSync(work, target)
  return manifest
}

/** Keeps a stray edit out of a release. Folders stay writable, so that a release can be pruned. */
function makeReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) makeReadOnly(path)
    else if (entry.isFile()) chmodSync(path, 0o444)
  }
}
