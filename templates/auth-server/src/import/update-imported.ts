import type { OperatorContext } from '../http/context.ts'
import { replaceHashedPassword } from '../keycloak/import-hub-users.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'
import type { PlannedPerson } from './plan-import.ts'

/**
 * Brings people up to date who are there: what the file says of names and fields counts, what it
 * leaves out stays. An address becomes verified, never the reverse. A password is replaced only
 * while nobody chose one here: the file is older than that choice.
 */
export async function updateImported(
  context: OperatorContext,
  people: PlannedPerson[],
): Promise<void> {
  const { services, mode } = context
  for (const person of people) {
    const { known, email } = person
    if (!known) continue
    await services.db.hub(mode, async (trx) => {
      await trx('users')
        .where({ id: known.id })
        .update({
          ...(person.firstName === null ? {} : { first_name: person.firstName }),
          ...(person.lastName === null ? {} : { last_name: person.lastName }),
          fields: trx.raw('fields || ?::jsonb', [JSON.stringify(person.fields)]),
          ...(person.emailVerified
            ? { email_verified_at: trx.raw('coalesce(email_verified_at, now())') }
            : {}),
          updated_at: trx.fn.now(),
        })
    })
    if (person.emailVerified && !known.email_verified_at) {
      await services.keycloak.users.setEmail(mode, known.id, email, true)
    }
    if (person.storedPassword && known.password_version === 0) {
      await replaceHashedPassword(services.keycloak.admin, mode, known.id, person.storedPassword)
    }
    await recordOperatorEvent(context, 'user.import_updated', {}, known.id)
  }
}
