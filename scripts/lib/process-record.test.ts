import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import {
  endRecordedProcess,
  readLiveProcess,
  startTimeOf,
  writeProcessRecord,
} from './process-record.ts'

const folder = mkdtempSync(join(tmpdir(), 'authstack-record-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a recorded process is found, and ended with all it started', async () => {
  const path = join(folder, 'a.json')
  const program = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    setInterval(() => {}, 1000)`
  const pid = startDetached(program)
  writeProcessRecord(path, pid, 'sleeper')
  assert.equal(readLiveProcess(path)?.pid, pid)
  assert.equal(await endRecordedProcess(path), true)
  assert.equal(startTimeOf(pid), null)
  assert.throws(() => process.kill(-pid, 0), /ESRCH/, 'nothing of its group is left')
})

test('a number that another process has now is left alone', async () => {
  const path = join(folder, 'b.json')
  const pid = startDetached('setInterval(() => {}, 1000)')
  writeProcessRecord(path, pid, 'sleeper')
  const record = JSON.parse(readFileSync(path, 'utf8'))
  const stale = join(folder, 'c.json')
  writeFileSync(stale, JSON.stringify({ ...record, startTime: 'Thu Jan  1 00:00:00 1970' }))
  assert.equal(readLiveProcess(stale), null)
  assert.equal(await endRecordedProcess(stale), false)
  assert.notEqual(startTimeOf(pid), null)
  await endRecordedProcess(path)
})

test('no record means nothing to end', async () => {
  assert.equal(await endRecordedProcess(join(folder, 'none.json')), false)
})

function startDetached(program: string): number {
  const child = spawn(process.execPath, ['-e', program], { detached: true, stdio: 'ignore' })
  child.unref()
  assert.ok(child.pid)
  return child.pid
}
