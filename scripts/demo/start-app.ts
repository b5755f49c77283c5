import { execFile, spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { endRecordedProcess, readLiveProcess, writeProcessRecord } from '../lib/process-record.ts'
import { ScriptError } from '../lib/terminal.ts'
import { answers, waitForAnswer } from '../lib/wait-for-answer.ts'
import type { DemoFolder } from './demo-folder.ts'

const startTimeoutSeconds = 20

/**
 * Builds the sample app with the key that `authstack connect` wrote and starts its backend, which also serves
 * the pages. It outlives this command; `bin/demo stop` ends it by its record. Reused when it answers already.
 */
export async function startApp(folder: DemoFolder, app: string, port: number): Promise<string> {
  const origin = `http://localhost:${port}`
  if (readLiveProcess(folder.appProcess) && (await answers(origin))) return origin
  await endRecordedProcess(folder.appProcess)
  await build(app)
  mkdirSync(dirname(folder.appLog), { recursive: true })
  const log = openSync(folder.appLog, 'a')
  const child = spawn(process.execPath, ['--env-file=.env.local', 'server/main.ts'], {
    cwd: app,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, PORT: String(port), APP_ORIGIN: origin },
  })
  if (child.pid === undefined) throw new Error(`the sample app in ${app} cannot be started`)
  writeProcessRecord(folder.appProcess, child.pid, 'sample app')
  child.unref()
  if (!(await waitForAnswer(origin, startTimeoutSeconds))) {
    await endRecordedProcess(folder.appProcess)
    throw new ScriptError('The sample app does not answer', {
      why: `${origin} gave no answer within ${startTimeoutSeconds} s.`,
      todo: 'Read its log, mend the cause, then run bin/demo again.',
      more: folder.appLog,
    })
  }
  return origin
}

async function build(app: string): Promise<void> {
  await promisify(execFile)('npm', ['run', 'build'], { cwd: app }).catch((error) => {
    throw new ScriptError('The sample app cannot be built', {
      why: String(error.stderr || error.stdout || error.message).slice(-1500),
      todo: `Mend it, then run bin/demo again. By hand: cd ${app} && npm run build`,
      more: 'templates/react-app/README.md',
    })
  })
}
