import type { Knex } from 'knex'
import type { OutboxKind } from './add-to-outbox.ts'
import type { ClaimedRow, Outcome } from './outbox-handler.ts'

/** About seven hours with the pauses between them; only for rows whose handler broke. */
const attemptsMax = 16

/** A row that waits: its id, and how often it was tried before. */
export interface DueRow {
  id: string
  attempts: number
}

const isDue = `sent_at is null and failed_at is null and available_at <= now()
  and (locked_until is null or locked_until < now())`

/** Rows that could be worked now, the oldest first. Claims nothing. */
export async function dueRows(hub: Knex, kind: OutboxKind, limit: number): Promise<DueRow[]> {
  const { rows } = (await hub.raw(
    `select id, attempts from outbox where kind = ? and ${isDue} order by available_at limit ?`,
    [kind, limit],
  )) as { rows: DueRow[] }
  return rows
}

/**
 * Takes a row for one minute, or gives null when it is done, not due or somebody else's. Two workers
 * that ask at once meet at the row's own lock, and the second finds it taken.
 */
export async function claimRow(
  hub: Knex,
  kind: OutboxKind,
  id: string,
): Promise<ClaimedRow | null> {
  const { rows } = (await hub.raw(
    `update outbox set attempts = attempts + 1, locked_until = now() + interval '1 minute'
     where id = ? and kind = ? and ${isDue}
     returning id, schema, payload, sealed, attempts`,
    [id, kind],
  )) as { rows: ClaimedRow[] }
  return rows[0] ?? null
}

/** Writes down what became of a claimed row. */
export async function settleRow(hub: Knex, row: ClaimedRow, outcome: Outcome): Promise<void> {
  if ('done' in outcome) {
    // Sealed things and words go; the row stays for a while as the record that it went out.
    await hub('outbox')
      .where('id', row.id)
      .update({
        sent_at: hub.fn.now(),
        sealed: null,
        locked_until: null,
        last_error: null,
        payload: JSON.stringify(outcome.done.keep),
      })
  } else if ('givenUp' in outcome) {
    await own(hub, row).update({
      failed_at: hub.fn.now(),
      sealed: null,
      locked_until: null,
      last_error: outcome.givenUp.slice(0, 500),
      // Whose it was and what it said: nobody needs it any more.
      payload: hub.raw(`payload - 'to' - 'data'`),
    })
  } else {
    const { afterSeconds, error, isAttempt = true } = outcome.retry
    await own(hub, row).update({
      locked_until: null,
      last_error: error.slice(0, 500),
      available_at: hub.raw('now() + make_interval(secs => ?)', [afterSeconds]),
      ...(isAttempt ? {} : { attempts: row.attempts - 1 }),
    })
  }
}

/** What a fault in our own code leads to: 4, 8, 16 ... seconds, at most an hour, then given up. */
export function afterFault(row: ClaimedRow, error: unknown): Outcome {
  const message = String((error as Error).message ?? error)
  if (row.attempts >= attemptsMax) return { givenUp: message }
  return { retry: { afterSeconds: backoffSeconds(row.attempts), error: message } }
}

/** 4, 8, 16 ... seconds, at most an hour. */
export function backoffSeconds(attempts: number): number {
  return Math.min(2 ** (attempts + 1), 3600)
}

/** Only if nobody took it over after our minute. */
function own(hub: Knex, row: ClaimedRow): Knex.QueryBuilder {
  return hub('outbox').where({ id: row.id, attempts: row.attempts })
}
