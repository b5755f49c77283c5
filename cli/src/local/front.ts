import { previewFile } from '../mail/preview-file.ts'
import type { InstanceFile } from '../state/instance.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { isRunning } from './process-record.ts'
import { runnerPath } from './runner-path.ts'
import { serviceError } from './service-error.ts'
import { type ProcessSpec, startProcess } from './start-process.ts'
import { waitUntil } from './wait-until.ts'

/** How the front is to run: the public door on 127.0.0.1. */
export function frontSpec(paths: StatePaths, instance: InstanceFile): ProcessSpec {
  const { ports, publicUrl } = instance
  const args = [
    runnerPath('front/run-front'),
    String(ports.front),
    publicUrl,
    paths.liveSocket,
    String(ports.keycloak),
  ]
  return {
    name: 'front',
    command: process.execPath,
    args,
    cwd: '/',
    fingerprint: args.join(' '),
  }
}

/** Starts the front and waits until it answers; a path of Keycloak's own needs no other part. */
export async function startFront(paths: StatePaths, instance: InstanceFile): Promise<void> {
  await startAndWait(
    paths,
    frontSpec(paths, instance),
    `http://127.0.0.1:${instance.ports.front}/admin`,
    404,
  )
}

/** How the mailbox is to run: SMTP and a page, both on 127.0.0.1. */
export function mailboxSpec(paths: StatePaths, instance: InstanceFile): ProcessSpec {
  const { smtp, mailbox } = instance.ports
  const runner = runnerPath('mailbox/run-mailbox')
  const args = [runner, String(smtp), String(mailbox), previewFile(paths)]
  return {
    name: 'mailbox',
    command: process.execPath,
    args,
    cwd: '/',
    fingerprint: args.join(' '),
  }
}

/** Starts the mailbox and waits until its page answers. */
export async function startMailbox(paths: StatePaths, instance: InstanceFile): Promise<void> {
  const url = `http://127.0.0.1:${instance.ports.mailbox}/readyz`
  await startAndWait(paths, mailboxSpec(paths, instance), url, 200)
}

/** True when the address answers with this status within two seconds. */
export async function answersWith(url: string, status: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
    await response.body?.cancel()
    return response.status === status
  } catch {
    return false
  }
}

async function startAndWait(
  paths: StatePaths,
  spec: ProcessSpec,
  url: string,
  status: number,
): Promise<void> {
  const record = startProcess(spec, paths)
  const logs = { folder: paths.logs, name: spec.name, start: record.logStart }
  const title = `The ${spec.name}`
  await waitUntil(
    async () => {
      if (!isRunning(record)) throw serviceError(title, 'The process ended.', logs)
      return answersWith(url, status)
    },
    { timeoutSeconds: 20, onTimeout: () => serviceError(title, 'No answer in 20 s.', logs) },
  )
}
