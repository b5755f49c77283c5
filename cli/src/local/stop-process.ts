import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning, readRecord, removeRecord } from './process-record.ts'

/**
 * Ends the process recorded under `name` and waits until it is gone: first the polite signal, after
 * `graceSeconds` SIGKILL. Answers false when it was not running. Never touches a reused pid.
 */
export async function stopProcess(
  runFolder: string,
  name: string,
  options: { signal?: NodeJS.Signals; graceSeconds?: number } = {},
): Promise<boolean> {
  const record = readRecord(runFolder, name)
  if (!isRunning(record)) {
    removeRecord(runFolder, name)
    return false
  }
  send(record.pid, options.signal ?? 'SIGTERM')
  const deadline = Date.now() + (options.graceSeconds ?? 15) * 1000
  while (isRunning(record) && Date.now() < deadline) await sleep(50)
  if (isRunning(record)) {
    send(record.pid, 'SIGKILL')
    for (let i = 0; i < 100 && isRunning(record); i++) await sleep(50)
  }
  removeRecord(runFolder, name)
  return true
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
