import { recordEvent } from '../audit/record-event.ts'
import type { Mode } from '../db/mode.ts'
import { endOperation, type Operation, setStep } from '../operations/operation.ts'
import type { Services } from '../services.ts'
import { insertOrganization } from './insert-organization.ts'
import { releaseReservation, type WantedOrganization } from './reserve-organization.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'settings' | 'log'>

/** After so many tries in vain an interrupted creation is undone. */
const finishAttemptsMax = 5

/**
 * row → realm → shadow user → active. Every step may be repeated: rows and realm carry the id that
 * the reservation chose.
 */
export async function finishCreation(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const organizationId = operation.subjectId
  const wanted = operation.payload as unknown as WantedOrganization
  const { db, keycloak } = services
  if (!(await insertOrganization(services, mode, organizationId, wanted)))
    return endOperation(db.hubQuery(mode), operation.id, 'done')
  await setStep(db.hubQuery(mode), operation, 'realm')
  const realm = await keycloak.realms.createOrganizationRealm(mode, organizationId)
  await keycloak.users.ensureShadowUser(mode, organizationId, wanted.userId)
  await db.tenantTransaction(mode, organizationId, async (trx) => {
    const activated = await trx('organizations')
      .where({ tenant_id: organizationId, status: 'pending' })
      .update({
        status: 'active',
        issuer: realm.issuer,
        realm_template_hash: realm.templateHash,
        updated_at: trx.fn.now(),
      })
    if (activated === 0) {
      const row = await trx('organizations').where('tenant_id', organizationId).first('status')
      // Another process, thinking that we were dead, took it back: we must not say "done".
      if (row?.status !== 'active') throw new Error('The organization was taken back meanwhile')
      return
    }
    await recordEvent(trx, organizationId, {
      action: 'organization.created',
      actor: { kind: 'user', id: wanted.userId },
      target: { kind: 'organization', id: organizationId },
      data: { plan: wanted.plan },
    })
  })
  await endOperation(db.hubQuery(mode), operation.id, 'done')
}

/**
 * Takes everything back. The row goes first, which frees the slug and the places at once even when
 * Keycloak is away; the realm follows, and the sweeper repeats until it is gone.
 */
export async function undoCreation(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const { db, keycloak } = services
  const organizationId = operation.subjectId
  const hub = db.hubQuery(mode)
  if (operation.step === 'start') await setStep(hub, operation, 'undo-row')
  if (operation.step === 'realm') await setStep(hub, operation, 'undo-realm')
  const isActive = await db.tenantTransaction(mode, organizationId, async (trx) => {
    const row = await trx('organizations')
      .where('tenant_id', organizationId)
      .forUpdate()
      .first('status')
    if (row?.status === 'active') return true
    for (const table of ['memberships', 'roles', 'organizations']) {
      await trx(table).where('tenant_id', organizationId).delete()
    }
    return false
  })
  // It came to life after all: nothing to take back.
  if (isActive) return endOperation(hub, operation.id, 'done')
  if (operation.step === 'undo-realm')
    await keycloak.realms.deleteOrganizationRealm(mode, organizationId)
  await releaseReservation(services, mode, operation)
}

/** For the sweeper: an interrupted creation is finished, one that was answered with an error is undone. */
export async function finishOrUndoCreation(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const isHopeless = operation.attempts > finishAttemptsMax
  if (operation.step.startsWith('undo-') || isHopeless)
    return undoCreation(services, mode, operation)
  return finishCreation(services, mode, operation)
}
