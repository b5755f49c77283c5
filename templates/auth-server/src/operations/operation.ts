import type { Knex } from 'knex'

/** Work that spans PostgreSQL and Keycloak. Every step can be done twice without harm. */
export interface Operation {
  id: string
  kind: string
  subjectId: string
  payload: Record<string, unknown>
  state: 'running' | 'done' | 'undone' | 'failed'
  step: string
  attempts: number
}

interface OperationRow {
  id: string
  kind: string
  subject_id: string
  payload: Record<string, unknown>
  state: Operation['state']
  step: string
  attempts: number
}

/**
 * Whoever starts or claims an operation has it to itself for this long; then the sweeper takes it,
 * because the process that had it is dead or stuck. Far above the seconds that a realm takes.
 */
const leaseSeconds = 60

const columns = ['id', 'kind', 'subject_id', 'payload', 'state', 'step', 'attempts']

/**
 * Leaves an operation behind in the caller's transaction and leases it to the caller. Both the hub
 * and a tenant may; only the hub can read them.
 */
export async function startOperation(
  trx: Knex.Transaction,
  start: { id: string; kind: string; subjectId: string; payload: Record<string, unknown> },
): Promise<Operation> {
  await trx('identity_operations').insert({
    id: start.id,
    kind: start.kind,
    subject_id: start.subjectId,
    payload: JSON.stringify(start.payload),
    attempts: 1,
    next_attempt_at: trx.raw(`now() + interval '${leaseSeconds} seconds'`),
  })
  return { ...start, state: 'running', step: 'start', attempts: 1 }
}

/** Takes the next operation that is due, or null. Two sweepers never get the same one. */
export async function claimOperation(hub: Knex): Promise<Operation | null> {
  const { rows } = (await hub.raw(`
    update identity_operations set attempts = attempts + 1, updated_at = now(),
      next_attempt_at = now() + interval '${leaseSeconds} seconds'
    where id = (
      select id from identity_operations where state = 'running' and next_attempt_at <= now()
      order by next_attempt_at limit 1 for update skip locked
    )
    returning ${columns.join(', ')}`)) as { rows: OperationRow[] }
  const row = rows[0]
  if (!row) return null
  const { subject_id, ...rest } = row
  return { ...rest, subjectId: subject_id }
}

/** Notes how far it came, so that a resumed operation goes on from there. */
export async function setStep(hub: Knex, operation: Operation, step: string): Promise<void> {
  await hub('identity_operations')
    .where('id', operation.id)
    .update({ step, updated_at: hub.fn.now() })
  operation.step = step
}

/** Ends it. The payload goes with success: it may hold personal data and nobody needs it any more. */
export async function endOperation(
  hub: Knex,
  id: string,
  state: 'done' | 'undone' | 'failed',
): Promise<void> {
  await hub('identity_operations')
    .where({ id, state: 'running' })
    .update({
      state,
      updated_at: hub.fn.now(),
      ...(state === 'failed' ? {} : { payload: '{}' }),
    })
}

/** Puts it back for a later attempt: 2, 4, 8 ... seconds, at most 10 minutes. It is never given up. */
export async function postponeOperation(
  hub: Knex,
  operation: Operation,
  error: unknown,
): Promise<void> {
  const seconds = Math.min(2 ** operation.attempts, 600)
  await hub('identity_operations')
    .where({ id: operation.id, state: 'running' })
    .update({
      last_error: String((error as Error).message ?? error).slice(0, 500),
      next_attempt_at: hub.raw(`now() + make_interval(secs => ?)`, [seconds]),
      updated_at: hub.fn.now(),
    })
}

/** Lets it rest until a moment that was agreed on; the waiting counts as no attempt. */
export async function waitUntil(hub: Knex, operation: Operation, moment: Date): Promise<void> {
  await hub('identity_operations')
    .where({ id: operation.id, state: 'running' })
    .update({ next_attempt_at: moment, attempts: 0, updated_at: hub.fn.now() })
}
