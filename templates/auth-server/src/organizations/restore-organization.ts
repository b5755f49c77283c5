import { z } from 'zod'
import { byUser } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { findMember } from '../members/find-member.ts'
import { findMembership } from '../members/find-membership.ts'
import { bringBack } from './bring-back.ts'
import { organizationShape, toOrganization } from './organization-view.ts'

/**
 * Brings a deleted organization back, with its members, roles and slug. For whoever owned it when it
 * was deleted; to everybody else, and for one that is not deleted or already being purged, it is the
 * masked 404. Domains have to be verified again.
 */
export const restoreOrganization = defineAction<UserContext>()({
  id: 'restoreOrganization',
  summary: 'Bring a deleted organization back',
  params: z.object({ orgId: z.uuid() }),
  output: organizationShape,
  async run(context, { params }) {
    const { services, mode, userId } = context
    const { orgId } = params
    await services.db.tenantTransaction(mode, orgId, (trx) =>
      bringBack(services, trx, orgId, {
        event: byUser(context),
        // Nobody's membership changes while it is deleted, so this is who owned it then.
        mayBringBack: async () => {
          const member = await findMember(trx, orgId, userId)
          return member?.role.slug === 'owner' && member.status === 'active'
        },
        locale: mailLocale(context),
      }),
    )
    const membership = await findMembership(services, mode, userId, orgId)
    if (!membership) throw new Problem('not_found')
    return toOrganization(membership)
  },
})
