import type { Knex } from 'knex'
import { z } from 'zod'
import { byCaller } from '../audit/by-caller.ts'
import { recordEvent } from '../audit/record-event.ts'
import { emailInput } from '../auth/inputs.ts'
import { Problem } from '../errors.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import { permissionsUnderLock } from '../roles/permissions-under-lock.ts'
import { refuseRoleAbove, resolveRole, roleInput } from '../roles/resolve-role.ts'
import { invitationDays, newInvitationToken } from './invitation-token.ts'
import {
  type InvitationRow,
  invitationRows,
  invitationShape,
  toInvitation,
} from './invitation-view.ts'
import { invitationHour, inviterOf } from './inviter-of.ts'
import { mailInvitation } from './mail-invitation.ts'
import { refuseFullPlan } from './refuse-full-plan.ts'

/** Invites an address. A pending invitation of the same address is replaced: its link stops working. */
export const createInvitation = defineAction<TenantContext>()({
  id: 'createInvitation',
  summary: 'Invite somebody by email',
  problems: ['conflict', 'limit_reached'],
  params: z.object({ orgId: z.uuid() }),
  body: z.strictObject({ email: emailInput, role: roleInput }),
  status: 201,
  output: invitationShape,
  idempotent: true,
  async run(context, { body }) {
    const { services, mode, organizationId } = context
    const { settings } = services
    const inviter = inviterOf(context)
    await services.limits.spend('invitation', invitationHour(context))
    // One mailbox gets only so many invitations an hour. They have a count of their own: else anybody
    // with an organization could use up the mails that a person needs to get back into their account.
    await services.limits.spend('mail', `invitation:${mode}:${body.email}`)
    const event = { mode, email: body.email, organizationId, ip: context.ip }
    await services.hooks.beforeInvite?.(event)
    const invitation = await services.db.tenantTransaction(mode, organizationId, async (trx) => {
      const organization = await lockOrganization(trx, organizationId)
      const held = await permissionsUnderLock(context, trx, 'members:invite')
      const role = await resolveRole(trx, organizationId, settings, body.role)
      refuseRoleAbove(settings, held, role)
      await refuseMember(trx, body.email)
      await trx('invitations')
        .where({ tenant_id: organizationId, email: body.email, status: 'pending' })
        .update({ status: 'replaced' })
      await refuseFullPlan(trx, organizationId, settings)
      const { token, hash } = newInvitationToken()
      const [inserted] = await trx('invitations')
        .insert({
          tenant_id: organizationId,
          token_hash: hash,
          email: body.email,
          role_id: role.id,
          invited_by: inviter,
          expires_at: trx.raw(`now() + interval '${invitationDays} days'`),
        })
        .returning('id')
      const [row] = (await invitationRows(trx, organizationId, (invitations) =>
        invitations.where('i.id', inserted.id),
      )) as InvitationRow[]
      if (!row) throw new Problem('internal', { cause: 'The new invitation is not there' })
      await mailInvitation(context, trx, { row, organization, token })
      await recordEvent(trx, organizationId, {
        ...byCaller(context),
        action: 'invitation.created',
        target: { kind: 'invitation', id: row.id },
        data: { role: role.slug },
      })
      return toInvitation(row)
    })
    await services.hooks.afterInvite?.(event)
    return invitation
  },
})

/** Members are visible to whoever may invite, so this tells nothing new. */
async function refuseMember(trx: Knex.Transaction, email: string): Promise<void> {
  const { rows } = (await trx.raw('select definer.is_member_address(?) as is_member', [email])) as {
    rows: { is_member: boolean }[]
  }
  if (rows[0]?.is_member) {
    throw new Problem('conflict', {
      detail: 'This person is a member already.',
      errors: [{ pointer: '/email', message: 'Is a member already', code: 'already_member' }],
    })
  }
}
