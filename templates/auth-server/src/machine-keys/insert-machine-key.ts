import type { Knex } from 'knex'
import type { Mode } from '../db/mode.ts'
import { generateMachineKey, hashKey } from '../keys/key-format.ts'
import { type MachineKeyRow, machineKeyColumns } from './machine-key-view.ts'

interface NewMachineKey {
  name: string
  permissions: string[]
  createdBy: string
  /** From now; null: for ever. */
  expiresInSeconds: number | null
}

/** Makes and stores a key. The only moment at which it is in the clear. */
export async function insertMachineKey(
  trx: Knex.Transaction,
  mode: Mode,
  organizationId: string,
  { name, permissions, createdBy, expiresInSeconds }: NewMachineKey,
): Promise<{ row: MachineKeyRow; key: string }> {
  const { id: publicId, key } = generateMachineKey(mode)
  const [row] = await trx('machine_keys')
    .insert({
      tenant_id: organizationId,
      public_id: publicId,
      key_hash: hashKey(key),
      name,
      permissions,
      created_by: createdBy,
      expires_at:
        expiresInSeconds === null
          ? null
          : trx.raw('now() + make_interval(secs => ?)', [expiresInSeconds]),
    })
    .returning([...machineKeyColumns])
  return { row: row as MachineKeyRow, key }
}
