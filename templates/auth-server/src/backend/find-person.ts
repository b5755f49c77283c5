import { z } from 'zod'
import { findUserByEmail, findUserById } from '../auth/find-user.ts'
import { emailInput, uuidInput } from '../auth/inputs.ts'
import type { UserRow } from '../auth/user-view.ts'
import { Problem } from '../errors.ts'
import type { SecretContext } from '../http/context.ts'

/** A person by id or by address; one of the two. */
export const personInput = z.union([
  z.strictObject({ userId: uuidInput }),
  z.strictObject({ email: emailInput }),
])

/**
 * The active person that a body names, or a 400 that points there: the path itself is right. Who is
 * named by an address has proved it: anybody can sign up with somebody else's, and wait.
 *
 * @throws Problem `invalid_request`, `email_not_verified`
 */
export async function findPerson(
  { services, mode }: Pick<SecretContext, 'services' | 'mode'>,
  person: z.output<typeof personInput>,
  pointer: string,
): Promise<UserRow> {
  const user =
    'userId' in person
      ? await findUserById(services.db, mode, person.userId)
      : await findUserByEmail(services.db, mode, person.email)
  if (user?.state === 'active') {
    if ('userId' in person || user.email_verified_at) return user
    throw new Problem('email_not_verified', {
      detail:
        'This person has not proved the address. Name them by their id, or invite the address.',
    })
  }
  throw new Problem('invalid_request', {
    detail: 'There is no such person.',
    errors: [{ pointer, message: 'No active person has this id or address', code: 'unknown_user' }],
  })
}
