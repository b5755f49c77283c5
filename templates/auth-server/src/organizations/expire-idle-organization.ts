import { lockOrganization } from './lock-organization.ts'
import { markDeleted } from './mark-deleted.ts'
import { advanceDeletionNow } from './purge-organization.ts'

/** A test organization that nobody used for so long makes room for others. */
export const idleDaysMax = 7

/**
 * Deletes a test organization that is idle, without a grace: its realm costs memory for ever, the test
 * key is public, and nothing in it is anybody's business. There is no such thing in live mode, and no
 * argument that could make it so.
 */
export async function expireIdleOrganization(
  services: Parameters<typeof advanceDeletionNow>[0],
  organizationId: string,
): Promise<void> {
  const operation = await services.db.tenantTransaction('test', organizationId, async (trx) => {
    await lockOrganization(trx, organizationId)
    // Asked again under the lock: somebody may just have come back.
    const idle = await trx('organizations')
      .where('tenant_id', organizationId)
      .whereRaw('last_used_at < now() - make_interval(days => ?)', [idleDaysMax])
      .first('tenant_id')
    if (!idle) return null
    const deletion = await markDeleted(trx, organizationId, {
      graceDays: 0,
      userId: null,
      event: { actor: { kind: 'system', id: null }, data: { reason: 'idle' } },
    })
    return deletion.operation
  })
  if (operation) await advanceDeletionNow(services, 'test', operation)
}
