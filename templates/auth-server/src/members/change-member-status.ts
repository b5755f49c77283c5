import { byUser, recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove } from '../roles/resolve-role.ts'
import { findMember, refuseLastOwner } from './find-member.ts'
import { showMember } from './show-member.ts'
import { startShadowSync, syncShadowUserNow } from './sync-shadow-user.ts'

/**
 * Suspends a member or takes them back. A suspended member keeps role and place and may do nothing:
 * every request asks PostgreSQL, so their tokens of this organization stop with the commit; then the
 * shadow user follows. Doing it again changes nothing.
 */
export async function changeMemberStatus(
  context: MemberContext,
  userId: string,
  status: 'active' | 'suspended',
) {
  const { services, mode, organizationId } = context
  const { member, operation } = await services.db.tenantTransaction(
    mode,
    organizationId,
    async (trx) => {
      await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'members:edit')
      const found = await findMember(trx, organizationId, userId)
      if (!found) throw new Problem('not_found')
      refuseRoleAbove(services.settings, held, found.role)
      if (found.status === status) {
        return { member: await showMember(trx, organizationId, userId), operation: null }
      }
      if (status === 'suspended') {
        await refuseLastOwner(trx, organizationId, found)
        if (userId === context.userId) {
          // Nobody could undo it but somebody else; leaving is the word for it.
          throw new Problem('conflict', { detail: 'You cannot suspend yourself. Leave instead.' })
        }
      }
      await trx('memberships')
        .where({ tenant_id: organizationId, user_id: userId })
        .update({ status })
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: status === 'suspended' ? 'member.suspended' : 'member.reactivated',
        target: { kind: 'user', id: userId },
        data: { role: found.role.slug },
      })
      return {
        member: await showMember(trx, organizationId, userId),
        operation: await startShadowSync(trx, organizationId, userId),
      }
    },
  )
  if (operation) await syncShadowUserNow(services, mode, operation)
  return member
}
