import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { endOperation, type Operation, startOperation } from '../operations/operation.ts'
import type { Services } from '../services.ts'
import { findMembership } from './find-membership.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'settings' | 'log'>

/** Leaves "make the shadow user fit the membership" behind in the transaction that changed it. */
export function startShadowSync(
  trx: Knex.Transaction,
  organizationId: string,
  userId: string,
): Promise<Operation> {
  return startOperation(trx, {
    id: randomUUID(),
    kind: 'sync-shadow-user',
    subjectId: userId,
    payload: { organizationId },
  })
}

/**
 * Makes the person's shadow in the organization's realm fit what PostgreSQL says now: there and
 * enabled for a member, disabled otherwise. It looks at the present and not at what was asked, so a
 * late "removed" cannot lock out someone who has joined again.
 */
export async function syncShadowUser(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const userId = operation.subjectId
  const organizationId = String(operation.payload.organizationId)
  const isMember = async () =>
    (await findMembership(services, mode, userId, organizationId)) !== null
  let acted: boolean
  do {
    acted = await isMember()
    if (acted) await services.keycloak.users.ensureShadowUser(mode, organizationId, userId)
    else await services.keycloak.users.disableShadowUser(mode, organizationId, userId)
  } while (acted !== (await isMember()))
  await endOperation(services.db.hubQuery(mode), operation.id, 'done')
}

/**
 * Does it at once, after the commit. A Keycloak that is away is no reason to refuse what is already
 * true in PostgreSQL: access follows the membership, and the sweeper brings the shadow after.
 */
export async function syncShadowUserNow(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  try {
    await syncShadowUser(services, mode, operation)
  } catch (error) {
    services.log.warn({ err: error, operation: operation.id }, 'The shadow user has to wait')
  }
}
