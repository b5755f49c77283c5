import knexFactory, { type Knex } from 'knex'
import pg from 'pg'
import { Problem } from '../errors.ts'

export interface TenantReader {
  read<Row>(
    organizationId: string,
    build: (knex: Knex) => Knex.QueryBuilder | Knex.Raw,
  ): Promise<Row[]>
  /** Connections, and who waits for one. */
  use(): { used: number; idle: number; waiting: number; max: number }
  close(): Promise<void>
}

export interface TenantReaderConfig extends pg.PoolConfig {
  max: number
  /** How long a read waits for a connection before it is refused. */
  acquireMs: number
}

/** Distinct statements that are prepared on each connection; more would be a fault, and only slower. */
const PREPARED_MAX = 300

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
export function openTenantReader({ acquireMs, ...config }: TenantReaderConfig): TenantReader {
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
      const client = await acquire(pool, acquireMs)
      let broken = false
      try {
        return await queueRead<Row>(client, organizationId, {
          ...nameOf(sql),
          text: sql,
          values: bindings as unknown[],
        })
      } catch (error) {
        // A migration may have changed what a prepared statement answers; a new connection prepares anew.
        broken = !(error instanceof pg.DatabaseError) || error.code === STALE_PLAN
        throw error
      } finally {
        client.release(broken)
      }
    },
    use: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      max: config.max,
    }),
    close: () => pool.end(),
  }
}

/**
 * A connection, or 503. The pool's own timeout would also end a connection that is being opened; with
 * a slow PostgreSQL there would then never be one. Here it is finished and serves those who come next.
 */
async function acquire(pool: pg.Pool, milliseconds: number): Promise<pg.PoolClient> {
  const wanted = pool.connect()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, milliseconds, null)
  })
  const client = await Promise.race([wanted, late]).finally(() => clearTimeout(timer))
  if (client) return client
  wanted.then(
    (unused) => unused.release(),
    () => {},
  )
  throw new Problem('unavailable', {
    retryAfterSeconds: 1,
    cause: new Error('No connection for a read became free in time'),
  })
}

/** No `await` before the fourth `query`: see above. */
async function queueRead<Row>(
  client: pg.PoolClient,
  organizationId: string,
  read: pg.QueryConfig,
): Promise<Row[]> {
  const { stream } = client.connection
  // One packet, or PostgreSQL is woken for BEGIN alone.
  stream.cork()
  let answers: Promise<pg.QueryResult[]>
  try {
    answers = Promise.all([
      client.query('begin read only'),
      client.query({ ...ENTER, values: [organizationId] }),
      client.query(read),
      client.query('commit'),
    ])
  } finally {
    stream.uncork()
  }
  const answer = (await answers)[2]
  return answer?.rows as Row[]
}

/** `feature_not_supported`, which PostgreSQL says when a cached plan must change its result type. */
const STALE_PLAN = '0A000'
const ENTER = { name: 'enter_tenant', text: `select set_config('app.tenant', $1, true)` }

const names = new Map<string, string>()

/** The same text gets the same name, and so is parsed and planned once a connection. */
function nameOf(sql: string): { name?: string } {
  const known = names.get(sql)
  if (known) return { name: known }
  if (names.size >= PREPARED_MAX) return {}
  const name = `read_${names.size}`
  names.set(sql, name)
  return { name }
}
