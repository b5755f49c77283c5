import { z } from 'zod'
import type { Mode } from '../db/mode.ts'

export const machineKeyShape = z.object({
  id: z.uuid(),
  name: z.string(),
  /** How the key begins: enough to tell it from others, and not to use it. */
  prefix: z.string(),
  permissions: z.array(z.string()),
  createdBy: z.uuid(),
  createdAt: z.string(),
  /** To the minute; null: never. */
  lastUsedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** The key that it was rotated into. */
  replacedBy: z.uuid().nullable(),
})

/** As in lists, and the key itself: shown once, at creation and at rotation. */
export const newMachineKeyShape = machineKeyShape.extend({ key: z.string() })

export const machineKeyParams = z.object({ orgId: z.uuid(), keyId: z.uuid() })

/** Columns that answers are made of; never the hash. */
export const machineKeyColumns = [
  'id',
  'public_id',
  'name',
  'permissions',
  'created_by',
  'created_at',
  'last_used_at',
  'expires_at',
  'revoked_at',
  'replaced_by',
] as const

export interface MachineKeyRow {
  id: string
  public_id: string
  name: string
  permissions: string[]
  created_by: string
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
  replaced_by: string | null
}

export function toMachineKey(mode: Mode, row: MachineKeyRow): z.input<typeof machineKeyShape> {
  return {
    id: row.id,
    name: row.name,
    prefix: `authstack_org_${mode}_${row.public_id}`,
    permissions: row.permissions,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
    replacedBy: row.replaced_by,
  }
}
