import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { findMember } from '../members/find-member.ts'
import { rolePermissions } from './expand-permissions.ts'

/**
 * What the caller may do, read again inside the transaction that holds the organization's lock. The
 * guard asked before the lock: whoever was demoted while they waited for it must not go on with what
 * they had, and grant it to another.
 *
 * @throws Problem `not_found` when they are no active member any more, `permission_denied` when they
 *   lost `permission`
 */
export async function permissionsUnderLock(
  {
    services,
    organizationId,
    userId,
  }: Pick<MemberContext, 'services' | 'organizationId' | 'userId'>,
  trx: Knex.Transaction,
  permission: string,
): Promise<string[]> {
  const self = await findMember(trx, organizationId, userId)
  if (self?.status !== 'active') throw new Problem('not_found')
  const held = rolePermissions(services.settings, self.role)
  if (!held.includes(permission)) {
    throw new Problem('permission_denied', {
      detail: `This needs the permission "${permission}".`,
      extra: { permission },
    })
  }
  return held
}
