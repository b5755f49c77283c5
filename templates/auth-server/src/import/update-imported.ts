import { endSessionsOfUser } from '../auth/end-sessions.ts'
import type { OperatorContext } from '../http/context.ts'
import { importHubUsers, replaceHashedPassword } from '../keycloak/import-hub-users.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import { isUnproved, type PlannedPerson } from './plan-import.ts'

/**
 * Brings people up to date who are there: what the file says of names and fields counts, what it
 * leaves out stays. An address becomes verified, never the reverse. A password is replaced only
 * while nobody chose one here: the file is older than that choice. Who chose one and never proved the
 * address may be anybody, so where the file vouches for it, nothing of theirs stays.
 */
export async function updateImported(
  context: OperatorContext,
  people: PlannedPerson[],
): Promise<void> {
  const { services, mode } = context
  for (const person of people) {
    const { known, email } = person
    if (!known) continue
    const isTakenOver = person.emailVerified && isUnproved(person)
    if (isTakenOver) await makeAnew(context, known.id, person)
    await services.db.hub(mode, async (trx) => {
      await trx('users')
        .where({ id: known.id })
        .update({
          ...(person.firstName === null ? {} : { first_name: person.firstName }),
          ...(person.lastName === null ? {} : { last_name: person.lastName }),
          fields: trx.raw('fields || ?::jsonb', [JSON.stringify(person.fields)]),
          ...(isTakenOver ? { password_version: 0 } : {}),
          ...(person.emailVerified
            ? { email_verified_at: trx.raw('coalesce(email_verified_at, now())') }
            : {}),
          updated_at: trx.fn.now(),
        })
      // Only now: until Keycloak had forgotten the stranger, they could still sign in.
      if (isTakenOver) await endSessionsOfUser(trx, known.id, 'signup_repeated')
    })
    if (person.emailVerified && !known.email_verified_at && !isTakenOver) {
      await services.keycloak.users.setEmail(mode, known.id, email, true)
    }
    if (person.storedPassword && known.password_version === 0) {
      await replaceHashedPassword(services.keycloak.admin, mode, known.id, person.storedPassword)
    }
    await recordOperatorEvent(context, 'user.import_updated', {}, known.id)
  }
}

/** The person in the hub without the password, and whatever else, of the stranger. */
async function makeAnew(
  { services, mode }: OperatorContext,
  userId: string,
  { email, storedPassword }: PlannedPerson,
): Promise<void> {
  const { admin, users } = services.keycloak
  await users.deleteHubUser(mode, userId)
  await importHubUsers(admin, mode, [
    { userId, email, emailVerified: true, hashedPassword: storedPassword },
  ])
}
