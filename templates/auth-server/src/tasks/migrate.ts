import { type MigrationReport, migrateDatabase } from '../db/migrate-database.ts'
import { modes } from '../db/mode.ts'
import { openOwner } from '../db/open-owner.ts'
import { readEnv } from '../env.ts'

// Prints one JSON line; `--plan` applies nothing. The two databases always move together, so the
// report of one speaks for both; what only one of them lacks (an interrupted run) is added.
const env = readEnv()
const planOnly = process.argv.includes('--plan')
const report: MigrationReport = { applied: [], pending: [], barriers: [] }

for (const mode of modes) {
  const knex = openOwner({ ...env.postgres, password: env.credential('db-owner') }, mode)
  try {
    const one = await migrateDatabase(knex, { planOnly })
    report.applied.push(...one.applied.filter(isNew(report.applied)))
    report.pending.push(...one.pending.filter(isNew(report.pending)))
    report.barriers = one.barriers
  } finally {
    await knex.destroy()
  }
}
console.log(JSON.stringify(report))

function isNew(known: { name: string }[]) {
  return ({ name }: { name: string }) => !known.some((entry) => entry.name === name)
}
