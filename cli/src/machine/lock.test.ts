import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LockHolder, takeLock } from './lock.ts'
import { bootId } from './start-time.ts'
import { unlock } from './unlock.ts'

const file = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock')

function hold(path: string, change: Partial<LockHolder>): void {
  const holder: LockHolder = {
    owner: 'Bob',
    host: 'elsewhere',
    pid: process.pid,
    startTime: 'another time',
    bootId: bootId(),
    command: 'authstack deploy',
    at: new Date().toISOString(),
    ...change,
  }
  writeFileSync(path, JSON.stringify(holder))
}

describe('the deploy lock', () => {
  it('is held by one at a time, and a second one is told who has it (exit 7)', async () => {
    const path = file()
    const release = takeLock(path, 'authstack deploy', 'Ada')
    expect(() => takeLock(path, 'authstack deploy', 'Bob')).toThrowError(
      expect.objectContaining({ code: 'locked', exitCode: 7, why: expect.stringMatching(/^Ada /) }),
    )
    await release()
    expect(existsSync(path)).toBe(false)
    await takeLock(path, 'authstack deploy', 'Bob')()
  })

  it('of a reused pid is void: pid and start time together name a process', async () => {
    const path = file()
    hold(path, { pid: process.pid, startTime: 'another time' })
    const release = takeLock(path, 'authstack deploy', 'Ada')
    expect(JSON.parse(readFileSync(path, 'utf8')).owner).toBe('Ada')
    await release()
  })

  it('of an ended process and of an earlier boot is void', async () => {
    const path = file()
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    hold(path, { pid })
    await takeLock(path, 'authstack deploy', 'Ada')()
    hold(path, { bootId: 'the boot before' })
    await takeLock(path, 'authstack deploy', 'Ada')()
  })

  it('is never released by somebody who lost it', async () => {
    const path = file()
    const release = takeLock(path, 'authstack deploy', 'Ada')
    unlock(path, true)
    const releaseBob = takeLock(path, 'authstack deploy', 'Bob')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace(/"at": "[^"]+"/, '"at": "2026-01-01T00:00:00.000Z"'))
    await release()
    expect(existsSync(path)).toBe(true)
    await releaseBob()
  })

  it('is taken from a living owner only by force', async () => {
    const path = file()
    const release = takeLock(path, 'authstack deploy', 'Ada')
    expect(() => unlock(path, false)).toThrowError(expect.objectContaining({ exitCode: 7 }))
    expect(unlock(path, true).holder?.owner).toBe('Ada')
    expect(unlock(path, false).holder).toBeNull()
    await release()
  })
})
