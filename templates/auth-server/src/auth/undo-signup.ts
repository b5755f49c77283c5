import type { Mode } from '../db/mode.ts'
import { endOperation, type Operation } from '../operations/operation.ts'
import type { Services } from '../services.ts'

/** Ends a sign-up whose process died: a person who never became active is removed, Keycloak first. */
export async function undoSignup(
  { db, keycloak }: Pick<Services, 'db' | 'keycloak'>,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const hub = db.hubQuery(mode)
  const userId = operation.subjectId
  const pending = await hub('users').where({ id: userId, state: 'pending' }).first('id')
  if (!pending) return endOperation(hub, operation.id, 'done')
  // The person tried again and that attempt is under way: it takes over row and Keycloak user.
  const isTriedAgain = await hub('identity_operations')
    .where({ kind: 'signup', subject_id: userId, state: 'running' })
    .whereNot({ id: operation.id })
    .whereRaw('next_attempt_at > now()')
    .first('id')
  if (isTriedAgain) return endOperation(hub, operation.id, 'undone')
  await keycloak.users.deleteHubUser(mode, userId)
  await hub('users').where({ id: userId, state: 'pending' }).delete()
  await endOperation(hub, operation.id, 'undone')
}
