import type { Knex } from 'knex'
import type { TenantContext } from '../http/context.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import { mailLocale } from '../mail/mail-locale.ts'
import { fullName } from '../members/member-view.ts'
import type { LockedOrganization } from '../organizations/lock-organization.ts'
import type { InvitationRow } from './invitation-view.ts'

/** Puts the mail with the link into the outbox, in the transaction that made the invitation. */
export async function mailInvitation(
  context: TenantContext,
  trx: Knex.Transaction,
  what: { row: InvitationRow; organization: LockedOrganization; token: string },
): Promise<void> {
  const { row, organization, token } = what
  await enqueueMail(context.services, trx, {
    template: 'invitation',
    to: row.email,
    token,
    locale: mailLocale(context),
    data: {
      organizationName: organization.name,
      inviterName: fullName(row.inviter_first_name, row.inviter_last_name),
      roleName: row.role_name,
      expiresAt: row.expires_at.toISOString(),
    },
  })
}
