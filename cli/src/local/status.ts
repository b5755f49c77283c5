import { addresses } from '../deploy/show-deploy.ts'
import { isStale, readLock } from '../machine/lock.ts'
import type { Output } from '../output/output.ts'
import { liveEntry, readHistory } from '../release/history.ts'
import { apiName } from './api.ts'
import type { LocalContext } from './context.ts'
import { readLive } from './live-link.ts'
import { readParts } from './parts.ts'
import { readInstanceFile } from './prepare-instance.ts'
import { readRecord } from './process-record.ts'

export type ProcessStatus = {
  name: string
  state: 'up' | 'down'
  healthy: boolean
  problem: string | null
  pid: number | null
  port: number | null
  memoryBytes: number | null
  startedAt: string | null
}

export type Status = {
  project: string
  environment: string
  target: 'local'
  deployed: boolean
  healthy: boolean
  /** Version that serves, or would; `dev` while `authstack dev` runs; null before a deploy. */
  version: string | null
  publicUrl: string | null
  loginUrl: string | null
  mailboxUrl: string | null
  processes: ProcessStatus[]
  /** Who deploys at this moment. */
  deploying: string | null
  /** What brings it back; null when all is well. */
  next: string | null
}

/** State of an instance as it is now. Nothing is changed. */
export async function readStatus(context: LocalContext): Promise<Status> {
  const { paths, project, environment } = context
  const instance = readInstanceFile(paths.instanceFile)
  const base = { project, environment, target: 'local' as const }
  if (!instance) {
    const none = { publicUrl: null, loginUrl: null, mailboxUrl: null, version: null }
    return {
      ...base,
      ...none,
      deployed: false,
      healthy: false,
      processes: [],
      deploying: null,
      next: `authstack deploy --env ${environment}`,
    }
  }
  const parts = await readParts({ ...context, instance })
  const colour = readLive(paths)
  const recorded = colour ? readRecord(paths.run, apiName(colour))?.version : null
  const healthy = parts.every((part) => part.isUp)
  const holder = readLock(paths.lock)
  return {
    ...base,
    deployed: colour !== null,
    healthy,
    version: recorded ?? liveEntry(readHistory(paths.historyFile))?.version ?? null,
    ...addresses(instance),
    processes: parts.map(({ isUp, ...part }) => ({
      ...part,
      state: isUp ? 'up' : 'down',
      healthy: isUp,
    })),
    deploying: holder && !isStale(holder) ? `${holder.command} by ${holder.owner}` : null,
    next: healthy ? null : `authstack deploy --env ${environment}`,
  }
}

/** The status for people: one line a part, then the addresses. */
export function showStatus(output: Output, status: Status): void {
  const { style } = output
  if (!status.deployed && status.processes.length === 0) {
    output.data(`${status.project} was never deployed to ${status.environment}.`)
    output.data(`Next: ${status.next}`)
    return
  }
  const version = status.version ?? 'no version'
  const word = status.healthy ? 'is live' : 'is not well'
  output.data(style.bold(`${status.project} ${version} ${word}`))
  output.data()
  output.table(
    [
      { title: '', value: (row) => (row.healthy ? style.marks.done : style.marks.failed) },
      { title: 'Part', value: (row) => row.name },
      { title: 'State', value: (row) => (row.healthy ? 'up' : `down: ${row.problem}`) },
      { title: 'Port', value: (row) => String(row.port ?? '') },
      { title: 'PID', value: (row) => String(row.pid ?? '') },
      { title: 'Memory', value: (row) => megabytes(row.memoryBytes) },
    ],
    status.processes,
  )
  output.data()
  output.data(`  API      ${status.publicUrl}/api/v1`)
  output.data(`  Sign in  ${status.loginUrl}`)
  output.data(`  Mailbox  ${status.mailboxUrl}`)
  if (status.deploying) output.data(`  Running now: ${status.deploying}`)
  if (!status.next) return
  const down = status.processes.filter((part) => !part.healthy).map((part) => part.name)
  output.data()
  output.data(`Down: ${down.join(', ')}. Nothing is lost; this brings it back: ${status.next}`)
}

function megabytes(bytes: number | null): string {
  return bytes === null ? '' : `${Math.round(bytes / 1024 ** 2)} MB`
}
