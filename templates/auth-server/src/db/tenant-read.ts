import knexFactory, { type Knex } from 'knex'
import pg from 'pg'

export interface TenantReader {
  read<Row>(
    organizationId: string,
    build: (knex: Knex) => Knex.QueryBuilder | Knex.Raw,
  ): Promise<Row[]>
  close(): Promise<void>
}

/**
 * Reads of one tenant in ONE round trip: BEGIN, set_config, SELECT and COMMIT are queued together on
 * a pipelined connection.
 *
 * `build` gets a knex that has no connection: it can only describe the query. That is on purpose. The
 * four statements are queued in one synchronous block; an `await` between them would cost the round
 * trips again, and on a shared connection would let the query of ANOTHER tenant in behind our
 * set_config. A read keeps its connection until it is answered, so that a slow query of one tenant
 * does not stand in front of everybody's.
 */
export function openTenantReader(config: pg.PoolConfig): TenantReader {
  const builder = knexFactory({ client: 'pg' })
  const pool = new pg.Pool({ ...config, pipeline: true })
  // A connection that dies while idle is replaced at the next read; unhandled it would end the process.
  pool.on('error', () => {})
  return {
    async read<Row>(
      organizationId: string,
      build: (knex: Knex) => Knex.QueryBuilder | Knex.Raw,
    ): Promise<Row[]> {
      const { sql, bindings } = build(builder).toSQL().toNative()
      const client = await pool.connect()
      let broken = false
      try {
        return await queueRead<Row>(client, organizationId, sql, bindings as unknown[])
      } catch (error) {
        broken = !(error instanceof pg.DatabaseError)
        throw error
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

/** No `await` before the fourth `query`: see above. */
async function queueRead<Row>(
  client: pg.PoolClient,
  organizationId: string,
  sql: string,
  bindings: unknown[],
): Promise<Row[]> {
  const [, , answer] = await Promise.all([
    client.query('begin read only'),
    client.query(`select set_config('app.tenant', $1, true)`, [organizationId]),
    client.query(sql, bindings),
    client.query('commit'),
  ])
  return answer.rows as Row[]
}
