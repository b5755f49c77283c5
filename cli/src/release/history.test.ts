import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../state/instance.ts'
import {
  appendHistory,
  barriersBetween,
  liveEntry,
  previousVersion,
  readHistory,
} from './history.ts'

function entry(version: string, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    version,
    action: 'deploy',
    status: 'live',
    at: '2026-01-01T00:00:00Z',
    by: 'Ada',
    seconds: 1,
    commit: null,
    message: null,
    barriers: [],
    ...more,
  }
}

describe('the history', () => {
  it('is empty before the first deploy and keeps the order in which it was told', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'history-')), 'history.json')
    expect(readHistory(file)).toEqual([])
    appendHistory(file, entry('v1.0'))
    appendHistory(file, entry('v1.1', { status: 'failed' }))
    expect(readHistory(file).map(({ version }) => version)).toEqual(['v1.0', 'v1.1'])
    expect(JSON.parse(readFileSync(file, 'utf8')).entries).toHaveLength(2)
  })

  it('knows the live version after a failure and after a rollback', () => {
    const failed = [entry('v1.0'), entry('v1.1', { status: 'failed' })]
    expect(liveEntry(failed)?.version).toBe('v1.0')
    const back = [entry('v1.0'), entry('v1.1'), entry('v1.0', { action: 'rollback' })]
    expect(liveEntry(back)?.version).toBe('v1.0')
    expect(previousVersion(back)).toBe('v1.1')
    expect(previousVersion([entry('v1.0')])).toBeNull()
  })

  it('sees a barrier that any later version passed, also one that failed afterwards', () => {
    const told = [
      entry('v1.0'),
      entry('v1.1', { barriers: ['migration 2_drop'], status: 'failed' }),
      entry('v1.2'),
    ]
    expect(barriersBetween(told, 'v1.0')).toEqual(['migration 2_drop'])
    expect(barriersBetween(told, 'v1.1')).toEqual([])
  })

  it('sees none when the target itself was already behind the barrier', () => {
    const told = [
      entry('v1.0', { barriers: ['migration 1_drop'] }),
      entry('v1.1', { barriers: ['migration 1_drop'] }),
    ]
    expect(barriersBetween(told, 'v1.0')).toEqual([])
  })
})
