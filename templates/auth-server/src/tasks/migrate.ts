import knexFactory from 'knex'
import { type MigrationReport, migrateDatabase } from '../db/migrate-database.ts'
import { databaseNames, modes } from '../db/mode.ts'
import { readEnv } from '../env.ts'

// Prints one JSON line; `--plan` applies nothing. The two databases always move together, so the
// report of one speaks for both; what only one of them lacks (an interrupted run) is added.
const env = readEnv()
const planOnly = process.argv.includes('--plan')
const report: MigrationReport = { applied: [], pending: [], barriers: [] }

for (const mode of modes) {
  const knex = knexFactory({
    client: 'pg',
    pool: { min: 0, max: 2 },
    connection: {
      host: env.postgres.host,
      port: env.postgres.port,
      user: 'authstack_owner',
      password: env.credential('db-owner'),
      database: databaseNames[mode],
      // A migration that cannot get its lock gives up, rather than queue every request behind it.
      options: '-c lock_timeout=2000',
    },
  })
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
