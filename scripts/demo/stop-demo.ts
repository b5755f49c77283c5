import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { endRecordedProcess } from '../lib/process-record.ts'
import { runAuthstack } from '../lib/run-authstack.ts'
import { say, sayDone } from '../lib/terminal.ts'
import { demoFolder } from './demo-folder.ts'

/** Ends the sample app and every process of the demo's instance. Data stays, so the next start is quick. */
export async function stopDemo(): Promise<void> {
  const folder = demoFolder()
  const endedApp = await endRecordedProcess(folder.appProcess)
  if (endedApp) sayDone('Sample app stopped')
  if (existsSync(join(folder.project, '.authstack', 'project.json'))) {
    await runAuthstack(['stop'], { cwd: folder.project })
    sayDone('Instance stopped')
  } else if (!endedApp) {
    say('No demo runs here.')
  }
}
