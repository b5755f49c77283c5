import type { Knex } from 'knex'
import { type AuditEvent, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'
import { mailOwners } from './mail-owners.ts'

/**
 * Undoes a deletion within its grace, in the caller's transaction; its owners hear of it by mail.
 *
 * @param mayBringBack asked under the row's lock, which a purge takes as well
 * @throws Problem `not_found` when it is not deleted, or being purged, or the caller may not
 */
export async function bringBack(
  services: Pick<Services, 'masterKey'>,
  trx: Knex.Transaction,
  organizationId: string,
  how: {
    event: Omit<AuditEvent, 'action' | 'target'>
    mayBringBack: () => Promise<boolean>
    locale?: string
  },
): Promise<void> {
  const row = await trx('organizations')
    .where({ tenant_id: organizationId, status: 'deleted' })
    .whereNull('purge_started_at')
    .where('purge_after', '>', trx.fn.now())
    .forUpdate()
    .first('name')
  if (!row || !(await how.mayBringBack())) throw new Problem('not_found')
  await trx('organizations').where('tenant_id', organizationId).update({
    status: 'active',
    deleted_at: null,
    deleted_by: null,
    // The purge that waits looks for its own id here, and finds that it is not wanted any more.
    deletion_id: null,
    purge_after: null,
    last_used_at: trx.fn.now(),
    updated_at: trx.fn.now(),
  })
  await recordEvent(trx, organizationId, {
    ...how.event,
    action: 'organization.restored',
    target: { kind: 'organization', id: organizationId },
  })
  await mailOwners(services, trx, organizationId, ({ email }) => ({
    template: 'organization-restored',
    to: email,
    data: { organizationName: row.name },
    ...(how.locale ? { locale: how.locale } : {}),
  }))
}
