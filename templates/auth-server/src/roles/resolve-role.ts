import type { Knex } from 'knex'
import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { ensureRoles } from './ensure-roles.ts'
import { rolePermissions } from './expand-permissions.ts'
import { type RoleRow, roleColumns } from './role-view.ts'

/** A role as people write it: id, slug or name, in any case. */
export const roleInput = z.string().trim().min(1).max(100)

/** Finds a role of the organization, or throws a 400 that points at `pointer`. */
export async function resolveRole(
  trx: Knex.Transaction,
  organizationId: string,
  settings: Settings,
  wanted: string,
  pointer = '/role',
): Promise<RoleRow> {
  const found = await findRoleByWord(trx, organizationId, wanted)
  if (found) return found
  // The settings may have gained the role after the organization was made.
  await ensureRoles(trx, organizationId, settings)
  const added = await findRoleByWord(trx, organizationId, wanted)
  if (added) return added
  throw new Problem('invalid_request', {
    detail: 'There is no such role.',
    errors: [{ pointer, message: 'There is no such role', code: 'unknown_role' }],
  })
}

/** Throws 403 unless the actor holds every permission of the role: nobody lifts anyone above themselves. */
export function refuseRoleAbove(
  settings: Settings,
  actorPermissions: string[],
  role: { slug: string; permissions: string[] | null },
): void {
  const held = new Set(actorPermissions)
  const lacking = rolePermissions(settings, role).filter((name) => !held.has(name))
  if (lacking.length > 0) {
    throw new Problem('permission_denied', {
      detail: 'This role has permissions that you do not have.',
    })
  }
}

async function findRoleByWord(
  trx: Knex.Transaction,
  organizationId: string,
  wanted: string,
): Promise<RoleRow | undefined> {
  const word = wanted.toLowerCase()
  const rows: RoleRow[] = await trx('roles')
    .where('tenant_id', organizationId)
    .whereRaw('(id::text = ? or slug = ? or lower(name) = ?)', [word, word, word])
    .select(roleColumns)
    // A slug is unique and a name is not: the slug wins over another role's name.
    .orderByRaw('(slug = ?) desc, created_at', [word])
    .limit(1)
  return rows[0]
}
