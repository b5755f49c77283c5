import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Knex } from 'knex'
import { lintMigration } from './lint-migration.ts'

/** `expand` keeps the previous version working; `contract` does not, and bars rollback. */
export type MigrationKind = 'expand' | 'contract'

export interface MigrationFile {
  name: string
  kind: MigrationKind
  up: (knex: Knex) => Promise<void>
  config?: { transaction?: boolean }
}

/**
 * Loads the migrations of a folder in the order of their names; a missing folder has none.
 * Throws, naming the file, when one does not say its kind or does what its kind may not.
 */
export async function loadMigrations(folder: string): Promise<MigrationFile[]> {
  const names = (await readFolder(folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
  const files: MigrationFile[] = []
  for (const name of names) {
    const module = await import(pathToFileURL(join(folder, name)).href)
    if (module.kind !== 'expand' && module.kind !== 'contract') {
      throw new Error(`Migration ${name} must export const kind = 'expand' or 'contract'`)
    }
    if (typeof module.up !== 'function') throw new Error(`Migration ${name} must export up(knex)`)
    const faults = lintMigration(name, module.kind, await readFile(join(folder, name), 'utf8'))
    if (faults.length > 0) throw new Error(`Migration refused. ${faults.join('. ')}`)
    files.push({ name, kind: module.kind, up: module.up, config: module.config })
  }
  return files
}

/** knex's own interface over files that are already loaded. */
export function migrationSource(files: MigrationFile[]): Knex.MigrationSource<MigrationFile> {
  return {
    getMigrations: async () => files,
    getMigrationName: (file) => file.name,
    getMigration: async (file) => ({
      up: file.up,
      down: refuseDown,
      ...(file.config ? { config: file.config } : {}),
    }),
  }
}

// Rolling back a release keeps rows that were written meanwhile, so no migration is ever undone.
async function refuseDown(): Promise<void> {
  throw new Error('Migrations are not undone; write a new one')
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
