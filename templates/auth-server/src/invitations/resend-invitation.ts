import { z } from 'zod'
import { byCaller } from '../audit/by-caller.ts'
import { recordEvent } from '../audit/record-event.ts'
import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove, resolveRole } from '../roles/resolve-role.ts'
import { invitationDays, newInvitationToken } from './invitation-token.ts'
import {
  type InvitationRow,
  invitationRows,
  invitationShape,
  toInvitation,
} from './invitation-view.ts'
import { invitationHour } from './inviter-of.ts'
import { mailInvitation } from './mail-invitation.ts'
import { refuseFullPlan } from './refuse-full-plan.ts'

/**
 * Sends a pending or expired invitation again, with a new link and a new week; the old link dies.
 * The sender answers for it as for a new one, so the same rules hold.
 */
export const resendInvitation = defineAction<TenantContext>()({
  id: 'resendInvitation',
  summary: 'Send an invitation again',
  problems: ['conflict', 'limit_reached'],
  params: z.object({ orgId: z.uuid(), invitationId: z.uuid() }),
  output: invitationShape,
  async run(context, { params }) {
    const { services, mode, organizationId } = context
    const { db, limits, settings } = services
    await limits.spend('invitation', invitationHour(context))
    return db.tenantTransaction(mode, organizationId, async (trx) => {
      const organization = await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'members:invite')
      const find = async () => {
        const rows: InvitationRow[] = await invitationRows(trx, organizationId, (invitations) =>
          invitations.where({ 'i.id': params.invitationId, 'i.status': 'pending' }),
        )
        if (!rows[0]) throw new Problem('not_found')
        return rows[0]
      }
      const old = await find()
      const role = await resolveRole(trx, organizationId, settings, old.role_id)
      refuseRoleAbove(settings, held, role)
      if (old.is_expired) await refuseFullPlan(trx, organizationId, settings)
      await limits.spend('mail', `invitation:${mode}:${old.email}`)
      const { token, hash } = newInvitationToken()
      await trx('invitations')
        .where({ tenant_id: organizationId, id: params.invitationId })
        .update({
          token_hash: hash,
          expires_at: trx.raw(`now() + interval '${invitationDays} days'`),
        })
      const row = await find()
      await mailInvitation(context, trx, { row, organization, token })
      await recordEvent(trx, organizationId, {
        ...byCaller(context),
        action: 'invitation.resent',
        target: { kind: 'invitation', id: row.id },
      })
      return toInvitation(row)
    })
  },
})
