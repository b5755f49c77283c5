import { z } from 'zod'
import { byUser, recordEvent } from '../audit/record-event.ts'
import { uuidInput } from '../auth/inputs.ts'
import { Problem } from '../errors.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { findMember } from '../members/find-member.ts'
import { resolveRole } from '../roles/resolve-role.ts'
import { defaultRole } from './default-role.ts'
import { showOrganization } from './get-organization.ts'
import { lockOrganization } from './lock-organization.ts'
import { ownersOf } from './mail-owners.ts'
import { organizationShape } from './organization-view.ts'

/** Makes another active member owner; the caller, an owner, becomes admin. Both or neither. */
export const transferOwnership = defineAction<MemberContext>()({
  id: 'transferOwnership',
  summary: 'Hand the ownership to another member',
  problems: ['permission_denied', 'conflict'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ userId: uuidInput }),
  output: organizationShape,
  async run(context, { body }) {
    const { services, mode, organizationId, userId } = context
    const { settings } = services
    await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      const organization = await lockOrganization(trx, organizationId)
      const self = await findMember(trx, organizationId, userId)
      // Asked under the lock: an owner who was demoted a moment ago must not go on as one.
      if (self?.role.slug !== 'owner' || self.status !== 'active') {
        throw new Problem('permission_denied', { detail: 'Only an owner can do this.' })
      }
      if (body.userId === userId) {
        throw new Problem('conflict', { detail: 'The ownership is yours already.' })
      }
      const heir = await findMember(trx, organizationId, body.userId)
      if (!heir) throw new Problem('not_found')
      if (heir.status !== 'active') {
        throw new Problem('conflict', { detail: 'This member is suspended.' })
      }
      const after =
        'admin' in settings.roles ? 'admin' : defaultRole(settings, organization.defaultRole)
      // A project without any other role: then both are owners, and the caller may leave.
      const own = after ? await resolveRole(trx, organizationId, settings, after) : self.role
      const roleOf = (who: string, role: { id: string }) =>
        trx('memberships')
          .where({ tenant_id: organizationId, user_id: who })
          .update({ role_id: role.id })
      await roleOf(body.userId, self.role)
      const owners = await ownersOf(trx, organizationId)
      await roleOf(userId, own)
      await recordEvent(trx, organizationId, {
        ...byUser(context),
        action: 'organization.ownership_transferred',
        target: { kind: 'user', id: body.userId },
        data: { from: heir.role.slug, formerOwner: userId, formerOwnerRole: own.slug },
      })
      // Both hear of it: a signed-in thief could give away what is another's.
      const both = owners.filter((owner) => [userId, body.userId].includes(owner.userId))
      for (const { email, userId: to } of both) {
        await enqueueMail(services, trx, {
          template: 'ownership-transferred',
          to: email,
          data: {
            organizationName: organization.name,
            toYou: to === body.userId,
            otherName: both.find((owner) => owner.userId !== to)?.name ?? null,
          },
          locale: mailLocale(context),
        })
      }
    })
    return showOrganization(context)
  },
})
