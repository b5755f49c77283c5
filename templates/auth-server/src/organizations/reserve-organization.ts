import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import { type Operation, startOperation } from '../operations/operation.ts'
import type { Services } from '../services.ts'
import { limitReached } from '../subscriptions/limit-reached.ts'
import { endWithPlacesBack } from './end-with-places-back.ts'
import { slugTaken } from './slug.ts'

export interface WantedOrganization {
  userId: string
  name: string
  slug: string
  /** Given by the person: then a taken slug is refused, not altered. */
  isSlugGiven: boolean
  plan: string
  /** Costs something: to be had when it is paid. */
  pendingPlan?: string | null
}

/**
 * Takes one place in every limit and starts the saga, in one transaction. An organization costs
 * memory for ever and the test key is public, so the limits are exact: the row of the person and the
 * counters are locked, and two requests at the same moment cannot both have the last place.
 * An organization whose creation has begun or ended under this id is taken up, not reserved again.
 */
export async function reserveOrganization(
  { db, settings }: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  organizationId: string,
  wanted: WantedOrganization,
): Promise<Operation> {
  const { max, perUserMax, perHourMax } = settings.organizations
  return db.hub(mode, async (trx) => {
    const user = await trx('users')
      .where({ id: wanted.userId, state: 'active' })
      .select('email_verified_at', 'organizations_created')
      .forUpdate()
      .first()
    if (!user?.email_verified_at) {
      throw new Problem('email_not_verified', {
        detail: 'Verify your email before you create an organization.',
      })
    }
    const earlier = await findEarlierAttempt(trx, organizationId, wanted)
    if (earlier) return earlier
    if (user.organizations_created >= perUserMax) {
      throw limitReached(
        'organizations',
        perUserMax,
        `You can create at most ${perUserMax} organizations.`,
      )
    }
    if (wanted.isSlugGiven) await refuseTakenSlug(trx, wanted.slug)
    await trx('users').where('id', wanted.userId).increment('organizations_created', 1)
    await takeInstancePlace(trx, max)
    await takeHourlyPlace(trx, perHourMax)
    return startOperation(trx, {
      id: randomUUID(),
      kind: 'create-organization',
      subjectId: organizationId,
      payload: { ...wanted },
    })
  })
}

/**
 * Gives back what `reserveOrganization` took, and marks the operation undone; once only. The place of
 * the hour is given back if no realm was made: else one person with a taken slug could use up
 * everybody's hour.
 */
export async function releaseReservation(
  { db }: Pick<Services, 'db'>,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  await db.hub(mode, async (trx) => {
    const makerId = String(operation.payload.userId)
    if (!(await endWithPlacesBack(trx, operation, { state: 'undone', makerId }))) return
    if (operation.step === 'undo-row') {
      await trx('instance_counters')
        .where('name', 'organizations_this_hour')
        .where('value', '>', 0)
        .decrement('value', 1)
    }
  })
}

/** A repeated request (same Idempotency-Key, so same id) has its places already. */
async function findEarlierAttempt(
  trx: Knex.Transaction,
  organizationId: string,
  wanted: WantedOrganization,
): Promise<Operation | null> {
  const row = await trx('identity_operations')
    .where({ kind: 'create-organization', subject_id: organizationId })
    .whereIn('state', ['running', 'done'])
    .first('id', 'kind', 'state', 'step', 'attempts')
  if (row?.state === 'running' && row.step.startsWith('undo-')) {
    // What is being taken back must not be built up at the same time.
    throw new Problem('unavailable', {
      detail: 'The last attempt is being taken back. Try again in a moment.',
      retryAfterSeconds: 5,
    })
  }
  return row ? { ...row, subjectId: organizationId, payload: { ...wanted } } : null
}

/** Asked early, so that the common refusal costs nothing; the unique index has the last word. */
async function refuseTakenSlug(trx: Knex.Transaction, slug: string): Promise<void> {
  const { rows } = (await trx.raw('select slug from definer.slugs_taken(?)', [[slug]])) as {
    rows: unknown[]
  }
  if (rows.length > 0) throw slugTaken()
}

async function takeInstancePlace(trx: Knex.Transaction, max: number): Promise<void> {
  const taken = await trx('instance_counters')
    .where('name', 'organizations')
    .where('value', '<', max)
    .increment('value', 1)
  if (taken === 0) {
    throw new Problem('instance_full', {
      detail: 'This instance takes no more organizations. Ask whoever runs it.',
    })
  }
}

async function takeHourlyPlace(trx: Knex.Transaction, perHourMax: number): Promise<void> {
  const { rowCount } = (await trx.raw(
    `update instance_counters set
       value = case when window_start < now() - interval '1 hour' then 1 else value + 1 end,
       window_start = case when window_start < now() - interval '1 hour' then now() else window_start end
     where name = 'organizations_this_hour'
       and (window_start < now() - interval '1 hour' or value < ?)`,
    [perHourMax],
  )) as { rowCount: number }
  if (rowCount === 0) {
    throw new Problem('rate_limited', {
      detail: 'Too many organizations were created in the last hour.',
      retryAfterSeconds: 600,
    })
  }
}
