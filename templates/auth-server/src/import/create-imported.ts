import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { endSessionsOfUser } from '../auth/end-sessions.ts'
import type { OperatorContext } from '../http/context.ts'
import { importHubUsers } from '../keycloak/import-hub-users.ts'
import { startOperation } from '../operations/operation.ts'
import type { PlannedPerson } from './plan-import.ts'

interface Made {
  person: PlannedPerson
  /** Null when nobody was made: see `fault`. */
  userId: string | null
  /** `exists`: signed up at this very moment. `hub_conflict`: Keycloak has the address under another name. */
  fault: 'exists' | 'hub_conflict' | null
}

interface Begun {
  person: PlannedPerson
  userId: string
  operationId: string
}

/**
 * The sign-up saga for many at once: pending rows with an operation each, the people in Keycloak by
 * one request, then active. Should this process die in between, the sweeper removes those who are
 * still pending, and a repeated import makes them anew.
 */
export async function createImported(
  context: OperatorContext,
  people: PlannedPerson[],
): Promise<Made[]> {
  if (people.length === 0) return []
  const { services, mode } = context
  const begun = await services.db.hub(mode, (trx) => begin(trx, people))
  for (const { person, userId } of begun) {
    // Who is there from an attempt that died would be left alone, with that attempt's password.
    if (person.known) await services.keycloak.users.deleteHubUser(mode, userId)
  }
  const made = await importHubUsers(
    services.keycloak.admin,
    mode,
    begun.map(({ person, userId }) => ({
      userId,
      email: person.email,
      emailVerified: person.emailVerified,
      hashedPassword: person.storedPassword,
    })),
  )
  await services.db.hub(mode, async (trx) => {
    await activate(
      trx,
      context,
      begun.filter(({ userId }) => made.has(userId)),
    )
    await takeBack(
      trx,
      begun.filter(({ userId }) => !made.has(userId)),
    )
  })
  const outcomes = new Map(begun.map(({ person, userId }) => [person, userId]))
  return people.map((person) => {
    const userId = outcomes.get(person)
    if (userId === undefined) return { person, userId: null, fault: 'exists' }
    const isMade = made.has(userId)
    return { person, userId: isMade ? userId : null, fault: isMade ? null : 'hub_conflict' }
  })
}

async function begin(trx: Knex.Transaction, people: PlannedPerson[]): Promise<Begun[]> {
  const begun = people.map((person) => ({
    person,
    userId: person.known?.id ?? randomUUID(),
    operationId: randomUUID(),
  }))
  const own = await insertPending(
    trx,
    begun.filter(({ person }) => !person.known),
  )
  // Who signed up within this very moment keeps the account that they have just made.
  const taken = begun.filter(({ person, userId }) => person.known || own.has(userId))
  for (const { person, userId, operationId } of taken) {
    if (person.known) {
      await trx('users').where({ id: userId, state: 'pending' }).update(columns(person))
      await endSessionsOfUser(trx, userId, 'signup_repeated')
    }
    await startOperation(trx, { id: operationId, kind: 'signup', subjectId: userId, payload: {} })
  }
  return taken
}

async function insertPending(trx: Knex.Transaction, begun: Begun[]): Promise<Set<string>> {
  if (begun.length === 0) return new Set()
  const rows = begun.map(({ person, userId }) => ({
    id: userId,
    email: person.email,
    ...columns(person),
  }))
  const inserted = await trx('users')
    .insert(rows)
    .onConflict('email')
    .ignore()
    .returning<{ id: string }[]>('id')
  return new Set(inserted.map((row) => row.id))
}

function columns(person: PlannedPerson) {
  return {
    first_name: person.firstName,
    last_name: person.lastName,
    fields: JSON.stringify(person.fields),
    ...(person.createdAt ? { created_at: person.createdAt } : {}),
  }
}

async function activate(
  trx: Knex.Transaction,
  context: OperatorContext,
  begun: Begun[],
): Promise<void> {
  for (const state of ['active', 'disabled'] as const) {
    for (const isVerified of [true, false]) {
      const ids = begun
        .filter(({ person }) => person.emailVerified === isVerified)
        .filter(({ person }) => person.isEnabled === (state === 'active'))
        .map(({ userId }) => userId)
      if (ids.length === 0) continue
      await trx('users')
        .whereIn('id', ids)
        .where('state', 'pending')
        .update({
          state,
          updated_at: trx.fn.now(),
          email_verified_at: isVerified ? trx.fn.now() : null,
        })
    }
  }
  await endOperations(trx, begun, 'done')
  await recordImport(trx, context, begun)
}

/** Keycloak would not have them: no row stays behind that nobody can sign in to. */
async function takeBack(trx: Knex.Transaction, begun: Begun[]): Promise<void> {
  const ids = begun.map(({ userId }) => userId)
  if (ids.length === 0) return
  await trx('users').whereIn('id', ids).where('state', 'pending').delete()
  await endOperations(trx, begun, 'undone')
}

async function endOperations(
  trx: Knex.Transaction,
  begun: Begun[],
  state: 'done' | 'undone',
): Promise<void> {
  const ids = begun.map(({ operationId }) => operationId)
  await trx('identity_operations').whereIn('id', ids).update({ state, updated_at: trx.fn.now() })
}

async function recordImport(
  trx: Knex.Transaction,
  { operator, ip, requestId }: OperatorContext,
  begun: Begun[],
): Promise<void> {
  if (begun.length === 0) return
  await trx('hub_events').insert(
    begun.map(({ userId, person }) => ({
      action: 'operator.user.imported',
      user_id: userId,
      ip,
      request_id: requestId,
      data: JSON.stringify({ operator: operator.name, password: person.passwordOutcome }),
    })),
  )
}
