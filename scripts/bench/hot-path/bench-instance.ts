import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  makeSharedInstance,
  startSharedInstance,
  stopSharedInstance,
} from '../../check/shared-instance.ts'
import { repository } from '../../lib/repository.ts'

/** A running instance on this machine: the facts that suites get in AUTHSTACK_TEST_INSTANCE. */
export type BenchInstance = {
  api: string
  mailbox: string
  nativeKey: string
  state: string
  credentials: string
  pgSuperuserUrl: string
  users: { email: string; password: string; organizations: { id: string; role: string }[] }[]
}

/** The instance that AUTHSTACK_TEST_INSTANCE names, or one of our own, which `end` takes away. */
export async function openBenchInstance(): Promise<{
  instance: BenchInstance
  end: () => Promise<void>
}> {
  const given = process.env.AUTHSTACK_TEST_INSTANCE
  if (given) return { instance: JSON.parse(readFileSync(given, 'utf8')), end: async () => {} }
  const shared = makeSharedInstance()
  const logs = mkdtempSync(join(tmpdir(), 'ab-log-'))
  const end = async () => {
    await stopSharedInstance(shared, join(logs, 'stop.log'))
    rmSync(logs, { recursive: true, force: true })
  }
  const started = await startSharedInstance(shared, {
    log: join(logs, 'start.log'),
    signal: new AbortController().signal,
  })
  if (started.exitCode !== 0) {
    await end()
    throw new Error(`bin/demo failed:\n${started.output}`)
  }
  return { instance: JSON.parse(readFileSync(shared.file, 'utf8')), end }
}

type Row = Record<string, unknown>

/** Statements as superuser, by the server's own driver. */
export async function asSuperuser<T>(
  { pgSuperuserUrl }: BenchInstance,
  database: string,
  work: (query: (sql: string, values?: unknown[]) => Promise<Row[]>) => Promise<T>,
): Promise<T> {
  const { Client } = createRequire(join(repository, 'templates/auth-server/package.json'))('pg')
  const client = new Client({ connectionString: databaseUrl(pgSuperuserUrl, database) })
  await client.connect()
  try {
    return await work(async (sql, values = []) => (await client.query(sql, values)).rows)
  } finally {
    await client.end()
  }
}

export function databaseUrl(superuserUrl: string, database: string): string {
  const url = new URL(superuserUrl)
  url.pathname = `/${database}`
  return url.href
}
