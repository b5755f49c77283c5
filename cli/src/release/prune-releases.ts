import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { compareVersions, parseVersion } from './version.ts'

export const RELEASES_KEPT = 10

/** Deletes all but the newest ten releases, and never one in `inUse`. Answers what went. */
export function pruneReleases(releases: string, inUse: string[], kept = RELEASES_KEPT): string[] {
  const versions = listReleases(releases)
  const old = versions.slice(0, Math.max(0, versions.length - kept))
  const removed = old.filter((version) => !inUse.includes(version))
  for (const version of removed) rmSync(join(releases, version), { recursive: true, force: true })
  return removed
}

/** Versions that lie unpacked, oldest first. */
export function listReleases(releases: string): string[] {
  if (!existsSync(releases)) return []
  return readdirSync(releases)
    .filter((name) => parseVersion(name) && name.startsWith('v'))
    .sort(compareVersions)
}
