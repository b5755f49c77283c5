import type { MigrationKind } from './migration-source.ts'

/** What the previous version may trip over while it still runs, or after a rollback. */
const breaking: [RegExp, string][] = [
  [
    /\bdrop\s+(table|column|view)\b|\.drop(Table|TableIfExists|Columns?|View)\s*\(/i,
    'drops something',
  ],
  [/\brename\s+(to|column)\b|\.rename(Table|Column)\s*\(/i, 'renames something'],
  [/\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b|\.alter\s*\(/i, 'changes the type of a column'],
  [
    /\bset\s+not\s+null\b|\.dropNullable\s*\(/i,
    'forbids a null that the previous version may write',
  ],
]

/**
 * What is wrong with a migration, as sentences; none when it may run. Only `up` is read: a `down` is
 * never run here, and may drop what `up` made.
 */
export function lintMigration(name: string, kind: MigrationKind, source: string): string[] {
  const up = source.replace(/export\s+(async\s+)?(function|const)\s+down\b[\s\S]*$/, '')
  const faults: string[] = []
  // A column that is added later would flow into whatever the rows were copied to.
  if (/\bselect\s+(\w+\.)?\*/i.test(up)) faults.push(`${name} selects *; name the columns`)
  if (kind === 'expand') {
    for (const [pattern, what] of breaking) {
      if (pattern.test(up)) {
        faults.push(`${name} says "expand" and ${what}; say "contract" (it then bars rollback)`)
      }
    }
  }
  return faults
}
