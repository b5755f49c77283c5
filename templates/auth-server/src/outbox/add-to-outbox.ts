import type { Knex } from 'knex'

export type OutboxKind = 'mail' | 'webhook'

/** One piece of work that leaves with the commit of the transaction that adds it. */
export interface NewOutboxRow {
  kind: OutboxKind
  /** Version of the payload, so that a worker of another version can tell what it can read. */
  schema: number
  payload: Record<string, unknown>
  /** An envelope (keys/envelope.ts) around what must not be readable in the database. */
  sealed?: Buffer | null
}

/**
 * Leaves work in the outbox: a rolled-back transaction leaves none, and a committed one is worked for
 * certain. The only insert into the outbox; works as hub and as tenant.
 */
export async function addToOutbox(trx: Knex, rows: NewOutboxRow[]): Promise<void> {
  await trx('outbox').insert(
    rows.map(({ kind, schema, payload, sealed = null }) => ({
      kind,
      schema,
      payload: JSON.stringify(payload),
      sealed,
    })),
  )
}
