import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import {
  loadMigrations,
  type MigrationFile,
  type MigrationKind,
  migrationSource,
} from './migration-source.ts'

export interface MigrationReport {
  applied: { name: string; kind: MigrationKind }[]
  pending: { name: string; kind: MigrationKind }[]
  /** Every contract migration in this version: an older version must not run after it. */
  barriers: string[]
}

export interface MigrationFolders {
  own: string
  extensions: string
  definer: string
}

const ownFolders: MigrationFolders = {
  own: join(import.meta.dirname, 'migrations'),
  extensions: join(import.meta.dirname, '../../extensions/migrations'),
  definer: join(import.meta.dirname, 'definer'),
}

/**
 * Brings one database to this version. Ours run first, then the customer's, each list with its own
 * table of names, so that a later one of ours never has to come before one of theirs.
 * `knex` must be connected as the owner. With `planOnly` nothing is written.
 */
export async function migrateDatabase(
  knex: Knex,
  {
    planOnly = false,
    folders = ownFolders,
  }: { planOnly?: boolean; folders?: MigrationFolders } = {},
): Promise<MigrationReport> {
  const report: MigrationReport = { applied: [], pending: [], barriers: [] }
  const lists: [string, string][] = [
    ['authstack_migrations', folders.own],
    ['extension_migrations', folders.extensions],
  ]
  for (const [tableName, folder] of lists) {
    const files = await loadMigrations(folder)
    report.barriers.push(
      ...files.filter((file) => file.kind === 'contract').map((file) => file.name),
    )
    const before = await completedNames(knex, tableName)
    const missing = files.filter((file) => !before.has(file.name))
    report.pending.push(...missing.map(nameAndKind))
    if (planOnly || missing.length === 0) continue
    await applyAll(knex, tableName, files)
    report.applied.push(...missing.map(nameAndKind))
  }
  if (planOnly) return report
  report.pending = []
  await applyDefiners(knex, folders.definer)
  return report
}

const nameAndKind = ({ name, kind }: MigrationFile) => ({ name, kind })

async function completedNames(knex: Knex, tableName: string): Promise<Set<string>> {
  if (!(await knex.schema.hasTable(tableName))) return new Set()
  const rows: { name: string }[] = await knex(tableName).select('name')
  return new Set(rows.map((row) => row.name))
}

/**
 * knex marks a row while it migrates, and a process that is killed leaves it marked for ever. So the
 * real lock is PostgreSQL's own, which ends with the connection; whoever holds it may clear the mark.
 */
async function applyAll(knex: Knex, tableName: string, files: MigrationFile[]): Promise<void> {
  await knex.transaction(async (guard) => {
    await guard.raw('select pg_advisory_xact_lock(7102)')
    await knex.migrate.forceFreeMigrationsLock({ tableName })
    await knex.migrate.latest({
      tableName,
      migrationSource: migrationSource(files),
      // After a rollback the table names migrations that this older version does not have.
      disableMigrationsListValidation: true,
    })
  })
}

/**
 * Creates or replaces the SECURITY DEFINER functions, as the role that owns them. They run in one
 * transaction, so nobody meets a half-replaced set. The previous version is still running: a function
 * may say more or less, but never takes other arguments or gives other columns (make a new name).
 */
async function applyDefiners(knex: Knex, folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  await knex.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(7101)')
    await trx.raw('set local role authstack_definer')
    for (const name of names) await trx.raw(await readFile(join(folder, name), 'utf8'))
  })
}
