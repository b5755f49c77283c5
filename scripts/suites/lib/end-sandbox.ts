import { readdirSync, readFileSync, rmSync } from 'node:fs'
import type { Sandbox } from './authstack.ts'

/**
 * Kills what still runs with this sandbox as AUTHSTACK_HOME and deletes the folder. The folder's random
 * name is in no other process's environment, so nothing else is touched. Linux only.
 */
export function endSandbox(box: Sandbox): void {
  const needle = `AUTHSTACK_HOME=${box.env.AUTHSTACK_HOME}`
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(needle)) {
        process.kill(pid, 'SIGKILL')
      }
    } catch {
      // Ended meanwhile, or not ours to read: then not ours to end.
    }
  }
  if (process.env.AUTHSTACK_KEEP_SANDBOX !== '1') {
    rmSync(box.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
