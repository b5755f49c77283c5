import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { logTail } from './log-tail.ts'
import { isRunning, listRecords, readRecord, writeRecord } from './process-record.ts'
import { startProcess } from './start-process.ts'
import { stopProcess } from './stop-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'records-'))
const folders = { run: join(folder, 'run'), logs: join(folder, 'logs') }

function start(script: string) {
  return startProcess(
    {
      name: 'part',
      command: process.execPath,
      args: ['-e', script],
      env: { GIVEN: 'yes' },
      cwd: '/',
      fingerprint: 'x',
    },
    folders,
  )
}

const forever = 'setInterval(() => {}, 1000); console.log("up")'
const until = async (check: () => boolean) => {
  for (let i = 0; i < 100 && !check(); i++) await new Promise((done) => setTimeout(done, 30))
}

afterEach(() => stopProcess(folders.run, 'part'))

describe('process records', () => {
  it('name a process by pid and start time, and forget it once it is stopped', async () => {
    const record = start(forever)
    expect(isRunning(readRecord(folders.run, 'part'))).toBe(true)
    expect(await stopProcess(folders.run, 'part')).toBe(true)
    expect(isRunning(record)).toBe(false)
    expect(listRecords(folders.run)).toEqual([])
    expect(await stopProcess(folders.run, 'part')).toBe(false)
  })

  it('never lead to the death of a process that got the pid later', async () => {
    const stranger = start(forever)
    writeRecord(folders.run, { ...stranger, name: 'old', startTime: 'long ago' })
    expect(await stopProcess(folders.run, 'old')).toBe(false)
    expect(isRunning(stranger)).toBe(true)
  })

  it('kill what ignores the polite signal', async () => {
    const record = start(`process.on('SIGTERM', () => {}); ${forever}`)
    await until(() => logTail(folders.logs, 'part').includes('up'))
    await stopProcess(folders.run, 'part', { graceSeconds: 0.2 })
    expect(isRunning(record)).toBe(false)
  })

  it('tell the words of this start from those of the one before', async () => {
    start('console.log("first")')
    await until(() => logTail(folders.logs, 'part').includes('first'))
    const second = start('console.log("second")')
    await until(() => logTail(folders.logs, 'part').includes('second'))
    expect(logTail(folders.logs, 'part', 10, second.logStart)).toEqual(['second'])
  })

  it('hand the child what was given and none of the caller’s own variables', async () => {
    process.env.CALLERS_SECRET = 'do not pass on'
    const record = start('console.log(process.env.GIVEN, process.env.CALLERS_SECRET)')
    await until(() => logTail(folders.logs, 'part', 5, record.logStart).length > 0)
    expect(logTail(folders.logs, 'part', 5, record.logStart)).toEqual(['yes undefined'])
  })
})
