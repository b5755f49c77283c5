import type { Knex } from 'knex'
import type { Operation } from '../operations/operation.ts'

/**
 * Ends an operation and gives back the place that its organization had with its maker and in the
 * instance. Answers false, and gives nothing, when another process has ended it already: once only.
 */
export async function endWithPlacesBack(
  trx: Knex.Transaction,
  operation: Operation,
  { state, makerId }: { state: 'done' | 'undone'; makerId: string },
): Promise<boolean> {
  const ended = await trx('identity_operations')
    .where({ id: operation.id, state: 'running' })
    .update({ state, payload: '{}', updated_at: trx.fn.now() })
  if (ended === 0) return false
  await trx('users')
    .where('id', makerId)
    .where('organizations_created', '>', 0)
    .decrement('organizations_created', 1)
  await trx('instance_counters')
    .where('name', 'organizations')
    .where('value', '>', 0)
    .decrement('value', 1)
  return true
}
