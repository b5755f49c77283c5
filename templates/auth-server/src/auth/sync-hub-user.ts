import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { endOperation, type Operation, startOperation } from '../operations/operation.ts'
import type { Services } from '../services.ts'

type Needs = Pick<Services, 'db' | 'keycloak' | 'log'>

/** Leaves "make the hub user fit the person's state" behind in the transaction that changed it. */
export function startHubSync(trx: Knex.Transaction, userId: string): Promise<Operation> {
  return startOperation(trx, {
    id: randomUUID(),
    kind: 'sync-hub-user',
    subjectId: userId,
    payload: {},
  })
}

/**
 * Switches the person's Keycloak user in the hub on or off, as PostgreSQL says now. We refuse a
 * suspended person ourselves; this is the second wall: Keycloak mints nothing for them either. It looks
 * at the present, so a late "suspended" cannot lock out somebody who was taken back.
 */
export async function syncHubUser(
  { db, keycloak }: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  const hub = db.hubQuery(mode)
  const userId = operation.subjectId
  const isActive = async () =>
    (await hub('users').where('id', userId).first('state'))?.state === 'active'
  let acted: boolean
  do {
    acted = await isActive()
    await keycloak.users.switchHubUser(mode, userId, acted)
  } while (acted !== (await isActive()))
  await endOperation(hub, operation.id, 'done')
}

/** At once, after the commit. With Keycloak away the sweeper does it; PostgreSQL refuses already. */
export async function syncHubUserNow(
  services: Needs,
  mode: Mode,
  operation: Operation,
): Promise<void> {
  try {
    await syncHubUser(services, mode, operation)
  } catch (error) {
    services.log.warn({ err: error, operation: operation.id }, 'The hub user has to wait')
  }
}
