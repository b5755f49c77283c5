import type { Mode } from '../db/mode.ts'
import { type Operation, postponeOperation, setStep, waitUntil } from '../operations/operation.ts'
import type { Services } from '../services.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'
import { endWithPlacesBack } from './end-with-places-back.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'settings' | 'log' | 'masterKey' | 'stripe'>

/**
 * What follows when an organization was marked deleted: end what it pays, wait for the end of the
 * grace, then purge it: no way back → realm → rows → places. It looks at the present, so a purge of an organization that
 * was restored (or restored and deleted again) ends itself. Every step may be done twice.
 */
export async function advanceDeletion(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const { db, keycloak } = services
  const organizationId = operation.subjectId
  const hub = db.hubQuery(mode)
  if (operation.step === 'start') {
    await endSubscription(services, mode, organizationId)
    await setStep(hub, operation, 'wait')
  }
  if (operation.step === 'wait') {
    const outlook = await closeTheWayBack(services, mode, operation)
    if (outlook === 'unwanted') return endUnwanted(services, mode, operation)
    if (outlook instanceof Date) return waitUntil(hub, operation, outlook)
    // From here on the row may be gone, and that means that it is our work.
    await setStep(hub, operation, 'purge')
  }
  await keycloak.realms.deleteOrganizationRealm(mode, organizationId)
  // Every table of a tenant hangs on this row; what it has there goes with it, and the slug is free.
  await db.tenantTransaction(mode, organizationId, async (trx) => {
    await trx('organizations')
      .where({ tenant_id: organizationId, deletion_id: operation.id })
      .delete()
  })
  await givePlacesBack(services, mode, operation)
}

/** Right after the commit that cut the access; what fails here is the sweeper's to repeat. */
export async function advanceDeletionNow(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  try {
    await advanceDeletion(services, mode, operation)
  } catch (error) {
    services.log.warn({ err: error, operation: operation.id }, 'The deletion has to wait')
    await postponeOperation(services.db.hubQuery(mode), operation, error)
  }
}

/**
 * Under the row's lock, which a restore takes as well: either it is restored and this purge unwanted,
 * or it is being purged and cannot be restored. A date: not yet.
 */
async function closeTheWayBack(
  { db }: Needs,
  mode: Mode,
  operation: Operation,
): Promise<'closed' | 'unwanted' | Date> {
  const organizationId = operation.subjectId
  return db.tenantTransaction(mode, organizationId, async (trx) => {
    const row = await trx('organizations')
      .where({ tenant_id: organizationId, status: 'deleted', deletion_id: operation.id })
      .forUpdate()
      .first('purge_after', trx.raw('purge_after <= now() as is_due'))
    if (!row) return 'unwanted'
    if (!row.is_due) return row.purge_after
    await trx('organizations')
      .where('tenant_id', organizationId)
      .update({ purge_started_at: trx.fn.now() })
    return 'closed'
  })
}

/** Unless another sweeper has gone on with it meanwhile: then the row is missing because of that. */
async function endUnwanted({ db }: Needs, mode: Mode, operation: Operation): Promise<void> {
  const hub = db.hubQuery(mode)
  await hub('identity_operations')
    .where({ id: operation.id, state: 'running', step: 'wait' })
    .update({ state: 'undone', payload: '{}', updated_at: hub.fn.now() })
}

/** Gives back the places of person and instance, in the transaction that ends the operation: once. */
async function givePlacesBack({ db }: Needs, mode: Mode, operation: Operation): Promise<void> {
  await db.hub(mode, async (trx) => {
    const makerId = String(operation.payload.createdBy)
    if (!(await endWithPlacesBack(trx, operation, { state: 'done', makerId }))) return
    // Its creation is no more: the same Idempotency-Key would else make it again without a place.
    await trx('identity_operations')
      .where({ subject_id: operation.subjectId, kind: 'create-organization', state: 'done' })
      .update({ state: 'undone', updated_at: trx.fn.now() })
    await trx('hub_events').insert({
      action: 'organization.purged',
      data: JSON.stringify({ organizationId: operation.subjectId }),
    })
  })
}
