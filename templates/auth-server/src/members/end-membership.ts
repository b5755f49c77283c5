import type { Knex } from 'knex'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import type { Operation } from '../operations/operation.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove } from '../roles/resolve-role.ts'
import { findMember, refuseLastOwner } from './find-member.ts'
import { startShadowSync, syncShadowUserNow } from './sync-shadow-user.ts'

/**
 * Ends a membership. Access is cut with the commit, because every request asks PostgreSQL; then the
 * shadow user in the organization's realm is disabled, so that Keycloak mints no further token.
 */
export async function endMembership(
  context: MemberContext,
  userId: string,
  action: 'member.left' | 'member.removed',
): Promise<void> {
  const { services, mode, organizationId } = context
  const operation = await services.db.tenantTransaction(mode, organizationId, async (trx) => {
    await lockOrganization(trx, organizationId)
    const member = await findMember(trx, organizationId, userId)
    if (!member) throw new Problem('not_found')
    if (action === 'member.removed') {
      const held = await permissionsUnderLock(context, trx, 'members:remove')
      refuseRoleAbove(services.settings, held, member.role)
    }
    await refuseLastOwner(trx, organizationId, member)
    const reason = action === 'member.left' ? 'left' : 'removed'
    const sync = await dropMember(trx, organizationId, userId, reason)
    await recordEvent(trx, organizationId, {
      ...byUser(context),
      action,
      target: { kind: 'user', id: userId },
      data: { role: member.role.slug },
    })
    return sync
  })
  await syncShadowUserNow(services, mode, operation)
}

/**
 * Deletes the membership row and remembers that the person is no member any more, so that a verified
 * domain does not let them in again at their next sign-in. The caller has checked who may, holds the
 * organization's lock, records the event, and runs `syncShadowUserNow` after the commit.
 */
export async function dropMember(
  trx: Knex.Transaction,
  organizationId: string,
  userId: string,
  reason: 'left' | 'removed',
): Promise<Operation> {
  if (reason === 'removed') {
    // An invitation that still lay in their mailbox would be a way back in.
    await trx('invitations')
      .where({ tenant_id: organizationId, status: 'pending' })
      .whereRaw('email in (select email from definer.member_profiles(array[?::uuid]))', [userId])
      .update({ status: 'cancelled' })
  }
  await trx('memberships').where({ tenant_id: organizationId, user_id: userId }).delete()
  await trx('departed_members')
    .insert({ tenant_id: organizationId, user_id: userId, reason })
    .onConflict(['tenant_id', 'user_id'])
    .merge({ reason, departed_at: trx.fn.now() })
  return startShadowSync(trx, organizationId, userId)
}
