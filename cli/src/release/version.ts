/** `v1.0`, `v1.1`, ...: the name of one immutable release. */
const VERSION = /^v?(\d+)\.(\d+)$/

/** Reads "v1.2" or "1.2"; null for anything else. */
export function parseVersion(text: string): { major: number; minor: number } | null {
  const match = VERSION.exec(text.trim())
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : null
}

/** "v1.2" for "1.2" and "v1.2"; null for anything else. */
export function normalizeVersion(text: string): string | null {
  const version = parseVersion(text)
  return version ? `v${version.major}.${version.minor}` : null
}

/** Negative when `one` is older than `other`. Numbers, not text: v1.10 is after v1.9. */
export function compareVersions(one: string, other: string): number {
  const a = parseVersion(one) ?? { major: 0, minor: 0 }
  const b = parseVersion(other) ?? { major: 0, minor: 0 }
  return a.major - b.major || a.minor - b.minor
}

/**
 * The next minor after everything ever recorded, v1.0 when nothing was. A failed version keeps its
 * number: one name never means two contents.
 */
export function nextVersion(recorded: string[]): string {
  const newest = recorded
    .filter((text) => parseVersion(text))
    .sort(compareVersions)
    .at(-1)
  const last = newest ? parseVersion(newest) : null
  return last ? `v${last.major}.${last.minor + 1}` : 'v1.0'
}
