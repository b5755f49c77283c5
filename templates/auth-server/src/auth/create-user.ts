import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { KeycloakRefusal } from '../keycloak/request.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import { mailLocale, wishedLocale } from '../mail/mail-locale.ts'
import { startOperation } from '../operations/operation.ts'
import { endSessionsOfUser } from './end-sessions.ts'
import { issueLinkToken } from './link-tokens.ts'
import { recordHubEvent } from './record-hub-event.ts'
import { returnOrigin } from './return-origin.ts'
import type { UserRow } from './user-view.ts'

/** Who makes the person: an app's sign-up, or the staff (then without a key). */
type Maker = Pick<KeyContext, 'services' | 'mode' | 'ip' | 'requestId' | 'origin' | 'header'> & {
  key: { id: string } | null
}

interface NewUser {
  email: string
  /** Absent when the person sets one by a reset link. */
  password?: string | undefined
  firstName?: string | undefined
  lastName?: string | undefined
  fields: Record<string, unknown>
}

interface How {
  /** The row of an earlier sign-up that nobody confirmed; it is taken over with its id. */
  known: UserRow | null
  isVerified: boolean
}

/**
 * The sign-up saga: a pending row and its operation, then the person in Keycloak under the row's id,
 * then active, with the mail in that last transaction. If the process dies in between, the sweeper
 * undoes it (the password is in nobody's database, so it cannot be finished).
 *
 * @returns the id of the person
 */
export async function createUser(context: Maker, user: NewUser, how: How): Promise<string> {
  const { services, mode } = context
  const operationId = randomUUID()
  const userId = how.known?.id ?? randomUUID()
  const names = {
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    fields: JSON.stringify(user.fields),
    locale: wishedLocale(context),
  }
  await services.db.hub(mode, async (trx) => {
    if (how.known) {
      await trx('users').where({ id: userId }).update(names)
      // Whoever signed up before without proving the address must not stay in.
      await endSessionsOfUser(trx, userId, 'signup_repeated')
    }
    // Two sign-ups of one new address at once: the second meets the unique address and fails here.
    else await insertPending(trx, { id: userId, email: user.email, ...names })
    await startOperation(trx, { id: operationId, kind: 'signup', subjectId: userId, payload: {} })
  })
  // Without a password of their own they would have that of whoever began the sign-up.
  if (how.known && user.password === undefined) {
    await services.keycloak.users.deleteHubUser(mode, userId)
  }
  await putInHub(context, userId, user, how.isVerified)
  await services.db.hub(mode, async (trx) => {
    const activated = await trx('users')
      .where({ id: userId })
      .update({
        state: 'active',
        password_version: trx.raw('password_version + 1'),
        updated_at: trx.fn.now(),
        ...(how.isVerified ? { email_verified_at: trx.fn.now() } : {}),
      })
    // Undone by the sweeper meanwhile (this process was stopped for a minute): nothing is there.
    if (activated === 0) throw new Problem('unavailable', { retryAfterSeconds: 2 })
    // Again: until Keycloak had the new password, the old one still signed in.
    if (how.known) await endSessionsOfUser(trx, userId, 'signup_repeated')
    if (!how.isVerified) {
      const token = await issueLinkToken(trx, 'verify_email', userId)
      await enqueueMail(services, trx, {
        template: 'verify-email',
        to: user.email,
        data: { returnTo: returnOrigin(context) },
        token,
        locale: mailLocale(context),
      })
    }
    await recordHubEvent(trx, context, 'signup.started', userId)
    await trx('identity_operations')
      .where({ id: operationId })
      .update({ state: 'done', updated_at: trx.fn.now() })
  })
  return userId
}

async function insertPending(trx: Knex.Transaction, row: Record<string, unknown>): Promise<void> {
  const inserted = await trx('users').insert(row).onConflict('email').ignore().returning('id')
  if (inserted.length === 0) {
    throw new Problem('unavailable', {
      detail: 'Another sign-up is running. Try again.',
      retryAfterSeconds: 1,
    })
  }
}

async function putInHub(
  { services, mode }: Maker,
  userId: string,
  user: NewUser,
  isVerified: boolean,
): Promise<void> {
  try {
    await services.keycloak.users.ensureHubUser(mode, {
      userId,
      email: user.email,
      emailVerified: isVerified,
      ...(user.password === undefined ? {} : { password: user.password }),
    })
  } catch (error) {
    throw passwordRefusal(error)
  }
}

/** Keycloak has the last word on passwords; its refusal is the caller's to correct. */
export function passwordRefusal(error: unknown): unknown {
  if (error instanceof KeycloakRefusal && error.status === 400) {
    return new Problem('invalid_password', {
      errors: [
        { pointer: '/password', message: 'Choose another password', code: 'password_refused' },
      ],
      cause: error,
    })
  }
  return error
}
