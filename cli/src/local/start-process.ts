import { spawn } from 'node:child_process'
import { chmodSync, closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startTime } from '../machine/start-time.ts'
import { cacheRoot } from '../state/state-paths.ts'
import { type ProcessRecord, writeRecord } from './process-record.ts'

/** A long-lived child. Secrets go through files or `env`, never through `args` (ps shows those). */
export type ProcessSpec = {
  name: string
  command: string
  args: string[]
  /** Only this and a few harmless variables reach the child: the caller's own may hold secrets. */
  env?: Record<string, string>
  cwd: string
  /** Both are set when the caller is root and the program refuses, or should not have, that. */
  uid?: number
  fingerprint: string
  version?: string
}

const LOG_BYTES_MAX = 20 * 1024 * 1024
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'NODE_EXTRA_CA_CERTS'].concat(
  // So that whoever clears a sandbox away can tell its processes from others.
  ['AUTHSTACK_HOME', 'AUTHSTACK_CACHE'],
)

/**
 * Starts a detached child that outlives the CLI, with its output appended to
 * `<logs>/<name>.log`, and writes its record. Throws when it cannot be started at all.
 */
export function startProcess(
  spec: ProcessSpec,
  folders: { run: string; logs: string },
): ProcessRecord {
  const { log, logStart } = openLog(folders.logs, spec.name)
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: { ...harmlessEnv(), ...spec.env },
    detached: true,
    stdio: ['ignore', log, log],
    ...(spec.uid === undefined ? {} : { uid: spec.uid, gid: spec.uid }),
  })
  closeSync(log)
  child.on('error', () => {})
  child.unref()
  if (child.pid === undefined) throw new Error(`${spec.command} could not be started`)
  const record: ProcessRecord = {
    name: spec.name,
    pid: child.pid,
    startTime: startTime(child.pid) ?? 'gone',
    command: [spec.command, ...spec.args].join(' ').slice(0, 400),
    fingerprint: spec.fingerprint,
    startedAt: new Date().toISOString(),
    logStart,
    ...(spec.version ? { version: spec.version } : {}),
  }
  writeRecord(folders.run, record)
  return record
}

/** The few variables that a child needs from its surroundings. */
export function harmlessEnv(): Record<string, string> {
  // Compiled code of a release is the same at every start; Node keys it by content.
  const env: Record<string, string> = { NODE_COMPILE_CACHE: join(cacheRoot(), 'compiled') }
  for (const name of PASSED_ON) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

function openLog(folder: string, name: string): { log: number; logStart: number } {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  const path = join(folder, `${name}.log`)
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  const isFull = bytes > LOG_BYTES_MAX
  if (isFull) renameSync(path, `${path}.1`)
  return { log: openSync(path, 'a', 0o600), logStart: isFull ? 0 : bytes }
}
