import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { findMember } from '../members/find-member.ts'
import { rolePermissions } from './expand-permissions.ts'

type Caller = Pick<TenantContext, 'services' | 'organizationId' | 'userId' | 'machine'>

/**
 * What the caller, a member or a machine, may do, read again inside the transaction that holds the organization's lock. The
 * guard asked before the lock: whoever was demoted while they waited for it must not go on with what
 * they had, and grant it to another.
 *
 * @throws Problem `not_found` when they are no active member any more, `key_invalid` for a dead key,
 *   `permission_denied` when they lost `permission`
 */
export async function permissionsUnderLock(
  caller: Caller,
  trx: Knex.Transaction,
  permission: string,
): Promise<string[]> {
  const held = await readHeld(caller, trx)
  if (!held.includes(permission)) {
    throw new Problem('permission_denied', {
      detail: `This needs the permission "${permission}".`,
      extra: { permission },
    })
  }
  return held
}

async function readHeld(
  { services, organizationId, userId, machine }: Caller,
  trx: Knex.Transaction,
): Promise<string[]> {
  if (machine) {
    const key = await trx('machine_keys')
      .where({ tenant_id: organizationId, id: machine.id })
      .whereNull('revoked_at')
      .whereRaw('(expires_at is null or expires_at > now())')
      .first('permissions')
    if (!key) throw new Problem('key_invalid')
    return rolePermissions(services.settings, { slug: '', permissions: key.permissions })
  }
  const self = userId === null ? null : await findMember(trx, organizationId, userId)
  if (self?.status !== 'active') throw new Problem('not_found')
  return rolePermissions(services.settings, self.role)
}
