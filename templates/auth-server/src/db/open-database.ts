import knexFactory, { type Knex } from 'knex'
import type pg from 'pg'
import {
  ACCESS_CHANNEL,
  type AccessFeed,
  type AccessListener,
  openAccessFeed,
} from './access-feed.ts'
import { lead, type MayLead, type Work } from './lead.ts'
import { listen } from './listen.ts'
import { databaseNames, type Mode, modes } from './mode.ts'
import { openTenantReader, type TenantReader } from './tenant-read.ts'

export interface DatabaseOptions {
  /** Host name, address or the folder of a unix socket. */
  host: string
  port: number
  passwords: Record<DatabaseRole, string>
  statementTimeoutMs?: number
  acquireTimeoutMs?: number
  /** Told of lost connections and the like; what fails a query is thrown there as well. */
  warn?: (message: string) => void
  /** Overrides host, user and password, for tests on a cluster whose passwords they do not know. */
  connect?: (mode: Mode, role: DatabaseRole) => Record<string, unknown>
}

export type DatabaseRole = 'tenant' | 'hub' | 'operator'

/** The only door to PostgreSQL. Every call names its mode, and a tenant's call its organization. */
export interface Database {
  /** A transaction as `authstack_hub`: people, sessions, keys. No tenant table is visible. */
  hub<T>(mode: Mode, fn: (trx: Knex.Transaction) => Promise<T>): Promise<T>
  /** Single statements as `authstack_hub`, without BEGIN and COMMIT. */
  hubQuery(mode: Mode): Knex
  /** A transaction as `authstack_tenant` in which only rows of `organizationId` exist. */
  tenantTransaction<T>(
    mode: Mode,
    organizationId: string,
    fn: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T>
  /** One read as `authstack_tenant` in one round trip; see tenant-read.ts. */
  tenantRead<Row>(
    mode: Mode,
    organizationId: string,
    build: (knex: Knex) => Knex.QueryBuilder | Knex.Raw,
  ): Promise<Row[]>
  /** A read-only transaction as `authstack_operator`. */
  operator<T>(mode: Mode, fn: (trx: Knex.Transaction) => Promise<T>): Promise<T>
  /** Hears every NOTIFY on a channel of that mode's database; see listen.ts. */
  listen(mode: Mode, channel: string, onNotify: () => void): { stop(): Promise<void> }
  /**
   * Tells the listener of every change that decides access: what this process writes before the write
   * is answered, what others write within milliseconds.
   */
  accessFeed(mode: Mode, listener: AccessListener): AccessFeed
  /** Connections and who waits for one, of each pool. */
  poolUse(): PoolUse[]
  /** Runs work in one process of all, for as long as this one holds the lock `name`; see lead.ts. */
  lead(mode: Mode, name: string, work: Work, mayLead?: MayLead): { stop(): Promise<void> }
  /** Throws when one of the databases does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface PoolUse {
  mode: Mode
  pool: 'hub' | 'tenant' | 'reader' | 'operator'
  used: number
  idle: number
  waiting: number
  max: number
}

/** Opens the pools; nothing connects before the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const pools = { live: openMode(options, 'live'), test: openMode(options, 'test') }
  return {
    hub: (mode, fn) => pools[mode].hub.transaction(fn),
    hubQuery: (mode) => pools[mode].hub,
    tenantTransaction: (mode, organizationId, fn) =>
      pools[mode].tenant.transaction(async (trx) => {
        await enterTenant(trx, organizationId)
        return fn(trx)
      }),
    tenantRead: (mode, organizationId, build) => pools[mode].reader.read(organizationId, build),
    operator: (mode, fn) => pools[mode].operator.transaction(fn, { readOnly: true }),
    listen: (mode, channel, onNotify) =>
      listen(connection(options, mode, 'hub'), channel, onNotify),
    lead: (mode, name, work, mayLead) =>
      lead(connection(options, mode, 'hub'), name, work, mayLead),
    accessFeed(mode, listener) {
      pools[mode].listeners.push(listener)
      const config = connection(options, mode, 'hub')
      return openAccessFeed({ ...config, application_name: 'authstack-listener' }, listener)
    },
    poolUse: () => modes.flatMap((mode) => poolUse(mode, pools[mode])),
    async ping() {
      await Promise.all(modes.map((mode) => pools[mode].hub.raw('select 1')))
    },
    async close() {
      await Promise.all(
        modes.flatMap((mode) => {
          const { hub, tenant, operator, reader } = pools[mode]
          return [hub.destroy(), tenant.destroy(), operator.destroy(), reader.close()]
        }),
      )
    },
  }
}

/** Local to the transaction, so it cannot leak into the next user of the connection. */
async function enterTenant(trx: Knex.Transaction, organizationId: string): Promise<void> {
  await trx.raw(`select set_config('app.tenant', ?, true)`, [organizationId])
}

interface ModePools {
  hub: Knex
  tenant: Knex
  operator: Knex
  reader: TenantReader
  listeners: AccessListener[]
}

/**
 * Connections of one process: 25 with both modes, 50 while two colours overlap during a deploy. Test
 * mode has the smaller share and pools of its own, so that a public test key cannot starve live mode.
 */
const sizes: Record<Mode, { hub: number; tenant: number; reader: number; operator: number }> = {
  live: { hub: 6, tenant: 4, reader: 4, operator: 1 },
  test: { hub: 3, tenant: 2, reader: 2, operator: 1 },
}

/**
 * A request that gets no connection within this time is refused with 503: a PostgreSQL that has become
 * slow must not pile up requests that nobody waits for any more. A fast one serves a queue of hundreds
 * in it.
 */
const ACQUIRE_MILLISECONDS = 400
/** Reads are what comes in floods, and a read holds its connection for one statement only. */
const ACQUIRE_READER_MILLISECONDS = 250
/** Opening a connection costs several round trips, which a slow PostgreSQL makes long. */
const IDLE_MILLISECONDS = 5 * 60_000

function openMode(options: DatabaseOptions, mode: Mode): ModePools {
  const size = sizes[mode]
  const listeners: AccessListener[] = []
  return {
    listeners,
    hub: openPool(options, mode, 'hub', size.hub, listeners),
    tenant: openPool(options, mode, 'tenant', size.tenant, listeners),
    operator: openPool(options, mode, 'operator', size.operator, listeners),
    reader: openTenantReader({
      ...connection(options, mode, 'tenant', READ_TIMEOUT_MILLISECONDS),
      max: size.reader,
      idleTimeoutMillis: IDLE_MILLISECONDS,
      acquireMs: options.acquireTimeoutMs ?? ACQUIRE_READER_MILLISECONDS,
    }),
  }
}

function openPool(
  options: DatabaseOptions,
  mode: Mode,
  role: DatabaseRole,
  max: number,
  listeners: AccessListener[],
): Knex {
  const warn = (message: unknown) => options.warn?.(String(message))
  return knexFactory({
    client: 'pg',
    connection: connection(options, mode, role),
    pool: {
      min: 0,
      max,
      idleTimeoutMillis: IDLE_MILLISECONDS,
      afterCreate: hearOwnChanges(listeners),
    },
    acquireConnectionTimeout: options.acquireTimeoutMs ?? ACQUIRE_MILLISECONDS,
    // knex would write to the console, where our log is JSON.
    log: { warn, error: warn, deprecate: warn, debug: () => {} },
  })
}

/**
 * Every connection that writes also listens. PostgreSQL hands a session its own notifications before
 * it answers the COMMIT, so what a request revoked is forgotten in this process before that request
 * is answered, whatever becomes of the connection that only listens.
 */
function hearOwnChanges(listeners: AccessListener[]) {
  return (
    client: pg.Client,
    done: (error: Error | null | undefined, client: pg.Client) => void,
  ): void => {
    client.on('notification', ({ payload }) => {
      for (const listener of listeners) listener.changed(payload ?? '')
    })
    client.query(`listen ${ACCESS_CHANNEL}`, (error) => done(error, client))
  }
}

function poolUse(mode: Mode, pools: ModePools): PoolUse[] {
  const knexPools = (['hub', 'tenant', 'operator'] as const).map((name): PoolUse => {
    const { pool } = pools[name].client as { pool: TarnPool }
    return {
      mode,
      pool: name,
      used: pool.numUsed(),
      idle: pool.numFree(),
      waiting: pool.numPendingAcquires(),
      max: sizes[mode][name],
    }
  })
  return [...knexPools, { mode, pool: 'reader', ...pools.reader.use() }]
}

/** The counters of knex's pool, which its types leave out. */
interface TarnPool {
  numUsed(): number
  numFree(): number
  numPendingAcquires(): number
}

const STATEMENT_TIMEOUT_MILLISECONDS = 5_000
/** Reads hold nothing that others wait for, and nobody waits for them long. */
const READ_TIMEOUT_MILLISECONDS = 2_000

function connection(
  options: DatabaseOptions,
  mode: Mode,
  role: DatabaseRole,
  timeoutMs = STATEMENT_TIMEOUT_MILLISECONDS,
) {
  const statementTimeoutMs = options.statementTimeoutMs ?? timeoutMs
  return {
    host: options.host,
    port: options.port,
    user: `authstack_${role}`,
    password: options.passwords[role],
    database: databaseNames[mode],
    application_name: `authstack-${role}`,
    connectionTimeoutMillis: 2_000,
    options: `-c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=15000`,
    ...options.connect?.(mode, role),
  }
}
