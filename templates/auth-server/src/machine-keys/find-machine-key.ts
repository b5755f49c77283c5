import type { Mode } from '../db/mode.ts'
import { hashKey, parseMachineKey } from '../keys/key-format.ts'
import { expandPermissions } from '../roles/expand-permissions.ts'
import { permissionCatalogue } from '../roles/permission-catalogue.ts'
import type { Services } from '../services.ts'

/** A key of an organization's machine that may be used now. */
export interface MachineKey {
  id: string
  mode: Mode
  name: string
  organization: { id: string; slug: string; name: string; logoUrl: string | null; plan: string }
  /** Full names, sorted; what left the catalogue grants nothing. */
  permissions: string[]
  expiresAt: Date | null
}

interface Row {
  organization_id: string
  slug: string
  organization_name: string
  logo_url: string | null
  plan: string
  key_id: string
  key_name: string
  permissions: string[]
  expires_at: Date | null
}

/** Asks PostgreSQL; requests ask `services.access`, which remembers until the key or its organization changes. */
export async function findMachineKey(
  { db, settings }: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  sent: string,
): Promise<MachineKey | null> {
  if (parseMachineKey(sent)?.mode !== mode) return null
  const { rows } = (await db.hubQuery(mode).raw(
    `select organization_id, slug, organization_name, logo_url, plan, key_id, key_name,
       permissions, expires_at
     from definer.machine_key(?)`,
    [hashKey(sent)],
  )) as { rows: Row[] }
  const row = rows[0]
  if (!row) return null
  const names = permissionCatalogue(settings).map((permission) => permission.name)
  return {
    id: row.key_id,
    mode,
    name: row.key_name,
    organization: {
      id: row.organization_id,
      slug: row.slug,
      name: row.organization_name,
      logoUrl: row.logo_url,
      plan: row.plan,
    },
    permissions: expandPermissions(names, row.permissions),
    expiresAt: row.expires_at,
  }
}
