import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { StatePaths } from '../state/state-paths.ts'
import { readCredential } from './credentials.ts'
import { ensurePostgresBinaries } from './postgres-binaries.ts'
import { isRunning } from './process-record.ts'
import { serviceError } from './service-error.ts'
import { serviceFolder, serviceUid } from './service-user.ts'
import { harmlessEnv, type ProcessSpec, startProcess } from './start-process.ts'
import { waitUntil } from './wait-until.ts'

const START_SECONDS_MAX = 60

/** How PostgreSQL is to run: TCP on loopback only, passwords by SCRAM, every write synced. */
export function postgresSpec(
  paths: StatePaths,
  port: number,
  binaries: string,
): ProcessSpec & { data: string } {
  const data = join(paths.data, 'postgres')
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '64MB',
    password_encryption: 'scram-sha-256',
    log_min_messages: 'warning',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const args = ['-D', data, '-p', String(port), ...options]
  return {
    name: 'postgres',
    command: join(binaries, 'bin/postgres'),
    args,
    cwd: '/',
    uid: serviceUid(),
    fingerprint: args.join(' '),
    data,
  }
}

/** Makes the database folder on first use, starts PostgreSQL and waits until it takes logins. */
export async function startPostgres(
  paths: StatePaths,
  port: number,
  cacheRoot: string,
): Promise<void> {
  const binaries = ensurePostgresBinaries(cacheRoot)
  const spec = postgresSpec(paths, port, binaries)
  const password = readCredential(paths.credentials, 'db-superuser')
  await initializeOnce(spec.data, binaries, password)
  const record = startProcess(spec, paths)
  const logs = { folder: paths.logs, name: 'postgres', start: record.logStart }
  await waitUntil(
    async () => {
      if (await acceptsLogin(port, password)) return true
      if (!isRunning(record)) throw serviceError('PostgreSQL', 'The process ended.', logs)
      return false
    },
    {
      timeoutSeconds: START_SECONDS_MAX,
      onTimeout: () =>
        serviceError('PostgreSQL', `No login within ${START_SECONDS_MAX} seconds.`, logs),
    },
  )
}

/** The superuser's URL; for the bootstrap task's environment only. */
export function superuserUrl(paths: StatePaths, port: number): string {
  const password = readCredential(paths.credentials, 'db-superuser')
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`
}

/** True when a login with the superuser's password works. */
export async function acceptsLogin(port: number, password: string): Promise<boolean> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function initializeOnce(data: string, binaries: string, password: string): Promise<void> {
  // PG_VERSION is among initdb's first files; our own mark comes after its last.
  const mark = `${data}.initialized`
  if (existsSync(mark)) {
    serviceFolder(data)
    return
  }
  rmSync(data, { recursive: true, force: true })
  serviceFolder(data)
  const passwordFile = `${data}.${randomBytes(4).toString('hex')}.pw`
  writeFileSync(passwordFile, password, { mode: 0o400 })
  const uid = serviceUid()
  if (uid !== undefined) chownSync(passwordFile, uid, uid)
  try {
    await promisify(execFile)(
      join(binaries, 'bin/initdb'),
      ['-D', data, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`].concat([
        '-E',
        'UTF8',
        '--locale=C',
      ]),
      { cwd: '/', env: harmlessEnv(), ...(uid === undefined ? {} : { uid, gid: uid }) },
    )
    writeFileSync(mark, '')
  } finally {
    rmSync(passwordFile, { force: true })
  }
}
