import { runAuthstack } from '../lib/run-authstack.ts'
import { answers } from '../lib/wait-for-answer.ts'
import type { DemoFolder } from './demo-folder.ts'

type Status = { publicUrl: string; mailboxUrl: string; healthy: boolean }
export type DemoInstance = { publicUrl: string; pages: string; mailbox: string }

/** The instance of the demo's project, running: as it is when it is healthy, else deployed. */
export async function ensureInstance(folder: DemoFolder): Promise<DemoInstance> {
  let status = await readStatus(folder)
  if (!status?.healthy || !(await answers(`${status.publicUrl}/readyz`))) {
    await runAuthstack(['deploy', '--env', 'local', '--yes'], {
      cwd: folder.project,
      showProgress: true,
    })
    status = await readStatus(folder)
  }
  if (!status)
    throw new Error('authstack status says that nothing is deployed, right after a deploy')
  return { publicUrl: status.publicUrl, pages: status.publicUrl, mailbox: status.mailboxUrl }
}

async function readStatus(folder: DemoFolder): Promise<Status | null> {
  return await runAuthstack<Status>(['status', '--env', 'local'], { cwd: folder.project }).catch(
    () => null,
  )
}
