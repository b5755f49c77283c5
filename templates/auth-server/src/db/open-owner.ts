import knexFactory, { type Knex } from 'knex'
import { databaseNames, type Mode } from './mode.ts'

/** A connection as the owner of the tables, for migrations only; the server never makes one. */
export function openOwner(
  server: { host: string; port: number; password: string },
  mode: Mode,
): Knex {
  return knexFactory({
    client: 'pg',
    pool: { min: 0, max: 2 },
    connection: {
      host: server.host,
      port: server.port,
      user: 'authstack_owner',
      password: server.password,
      database: databaseNames[mode],
      // A migration that cannot get its lock gives up, rather than queue every request behind it.
      options: '-c lock_timeout=2000',
    },
  })
}
