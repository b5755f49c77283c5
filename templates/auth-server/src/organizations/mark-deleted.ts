import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { type AuditEvent, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import { type Operation, startOperation } from '../operations/operation.ts'

/**
 * Cuts all access to an organization, in the caller's transaction: with its commit no membership of it
 * counts, so every request of everybody gets the masked 404 and no token is minted. Rows, realm, slug
 * and places stay until the operation that is left behind purges them, `graceDays` from now; until
 * then an owner can bring it back. Its domains are free for others at once.
 *
 * @throws Problem `not_found` when it is not active
 */
export async function markDeleted(
  trx: Knex.Transaction,
  organizationId: string,
  {
    graceDays,
    userId,
    event,
  }: {
    graceDays: number
    userId: string | null
    event: Omit<AuditEvent, 'action' | 'target'>
  },
): Promise<{ operation: Operation; restorableUntil: Date }> {
  const deletionId = randomUUID()
  const [row] = await trx('organizations')
    .where({ tenant_id: organizationId, status: 'active' })
    .update({
      status: 'deleted',
      deleted_at: trx.fn.now(),
      deleted_by: userId,
      deletion_id: deletionId,
      purge_after: trx.raw('now() + make_interval(days => ?)', [graceDays]),
      purge_started_at: null,
      updated_at: trx.fn.now(),
    })
    .returning(['created_by', 'purge_after'])
  if (!row) throw new Problem('not_found')
  await trx('organization_domains')
    .where('tenant_id', organizationId)
    .update({
      status: 'pending',
      auto_join: false,
      verified_at: null,
      next_check_at: null,
      expires_at: trx.raw(`?::timestamptz + interval '7 days'`, [row.purge_after]),
    })
  await recordEvent(trx, organizationId, {
    ...event,
    action: 'organization.deleted',
    target: { kind: 'organization', id: organizationId },
    data: { ...event.data, restorableUntil: row.purge_after.toISOString() },
  })
  const operation = await startOperation(trx, {
    id: deletionId,
    kind: 'purge-organization',
    subjectId: organizationId,
    payload: { createdBy: row.created_by },
  })
  return { operation, restorableUntil: row.purge_after }
}
