import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import { type MachineKeyRow, machineKeyColumns } from './machine-key-view.ts'

/** A key of the organization that still works. @throws Problem `not_found`, `conflict` for a dead one */
export async function findLiveKey(
  trx: Knex.Transaction,
  organizationId: string,
  keyId: string,
): Promise<MachineKeyRow> {
  const row: MachineKeyRow | undefined = await trx('machine_keys')
    .where({ tenant_id: organizationId, id: keyId })
    .first(...machineKeyColumns)
  if (!row) throw new Problem('not_found')
  if (row.revoked_at || (row.expires_at && row.expires_at <= new Date())) {
    throw new Problem('conflict', { detail: 'This key is no longer in use.' })
  }
  return row
}
