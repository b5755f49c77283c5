import { lastJsonLine } from '../machine/json-line.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepHandle } from '../output/steps.ts'

/** What `src/tasks/migrate.ts` prints. */
export type Migrated = {
  applied: { name: string; kind: 'expand' | 'contract' }[]
  pending: unknown[]
  /** Names of every contract migration in the version: one-way doors. */
  barriers: string[]
}

/** Brings roles and both databases to what the version needs. Rows stay; nothing is undone later. */
export async function runMigrations(
  machine: Machine,
  version: string,
  step: StepHandle,
): Promise<Migrated> {
  await machine.runTask(version, 'bootstrap-database')
  const migrated = lastJsonLine<Migrated>(await machine.runTask(version, 'migrate'), 'migrate')
  const names = new Set(migrated.applied.map(({ name }) => name))
  if (names.size > 0) step.setDone(`Databases migrated: ${names.size} new`)
  else step.setDone('Databases are up to date')
  return migrated
}

/** As the history records them. */
export function barriersOf(migrated: Migrated): string[] {
  return [...new Set(migrated.barriers)].map((name) => `migration ${name}`)
}
