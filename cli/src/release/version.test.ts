import { describe, expect, it } from 'vitest'
import { compareVersions, nextVersion, normalizeVersion } from './version.ts'

describe('versions', () => {
  it('begin at v1.0 and count minors as numbers, not as text', () => {
    expect(nextVersion([])).toBe('v1.0')
    expect(nextVersion(['v1.0', 'v1.9', 'v1.10'])).toBe('v1.11')
    expect(compareVersions('v1.10', 'v1.9')).toBeGreaterThan(0)
  })

  it('never give a failed version’s number to another content', () => {
    expect(nextVersion(['v1.0', 'v1.1'])).toBe('v1.2')
  })

  it('are read with and without the v, and nothing else is', () => {
    expect(normalizeVersion('1.2')).toBe('v1.2')
    expect(normalizeVersion('v1.2')).toBe('v1.2')
    expect(normalizeVersion('../v1.2')).toBeNull()
  })
})
