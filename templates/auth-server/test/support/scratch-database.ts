import { randomBytes } from 'node:crypto'
import knexFactory, { type Knex } from 'knex'
import pg from 'pg'
import { ensureDatabase, ensureRoles, prepareDatabase } from '../../src/db/bootstrap-cluster.ts'
import { migrateDatabase } from '../../src/db/migrate-database.ts'

export interface ScratchDatabase {
  name: string
  /** Superuser connection to the scratch database. */
  url: string
  drop(): Promise<void>
}

/**
 * A migrated database of its own on a real cluster. The roles are the cluster's; their passwords are
 * left alone, so the suite may run beside an instance.
 */
export async function createScratchDatabase(superuserUrl: string): Promise<ScratchDatabase> {
  const name = `authstack_scratch_${randomBytes(4).toString('hex')}`
  const url = new URL(superuserUrl)
  url.pathname = `/${name}`
  await asSuperuser(superuserUrl, async (client) => {
    await ensureRoles(client)
    await ensureDatabase(client, name, 'authstack_owner')
  })
  await prepareDatabase(superuserUrl, name)
  const owner = openAsOwner(url.href)
  try {
    await migrateDatabase(owner)
  } finally {
    await owner.destroy()
  }
  return {
    name,
    url: url.href,
    drop: () =>
      asSuperuser(superuserUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`)
      }),
  }
}

/** A connection with the owner's rights, as migrations run. */
export function openAsOwner(url: string): Knex {
  return knexFactory({
    client: 'pg',
    pool: { min: 0, max: 2, afterCreate: becomeOwner },
    connection: url,
  })
}

/** As if the owner had logged in: not a mere SET ROLE, which would keep a superuser's other rights. */
function becomeOwner(
  connection: pg.Client,
  done: (error: Error | null, connection: pg.Client) => void,
) {
  connection.query('set session authorization authstack_owner', (error) => done(error, connection))
}

async function asSuperuser(url: string, fn: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await fn(client)
  } finally {
    await client.end()
  }
}
