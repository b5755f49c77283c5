import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import type { Services } from '../services.ts'
import { hashInvitationToken } from './invitation-token.ts'

export interface FoundInvitation {
  organizationId: string
  invitationId: string
  email: string
  status: string
  expiresAt: Date
  acceptedBy: string | null
  organization: { name: string; logoUrl: string | null }
  roleName: string
  inviter: { firstName: string | null; lastName: string | null; email: string | null }
  hasAccount: boolean
}

/** What the bearer of a token may open: null when no invitation ever had that token. */
export async function findInvitation(
  { db }: Pick<Services, 'db'>,
  mode: Mode,
  token: string,
): Promise<FoundInvitation | null> {
  const { rows } = await db.hubQuery(mode).raw(
    `select organization_id, invitation_id, email, status, expires_at, accepted_by,
       organization_name, organization_logo_url, organization_status, role_name,
       inviter_first_name, inviter_last_name, inviter_email, has_account
     from definer.invitation_by_token_hash(?)`,
    [hashInvitationToken(token)],
  )
  const row = rows[0]
  if (row?.organization_status !== 'active') return null
  return {
    organizationId: row.organization_id,
    invitationId: row.invitation_id,
    email: row.email,
    status: row.status,
    expiresAt: row.expires_at,
    acceptedBy: row.accepted_by,
    organization: { name: row.organization_name, logoUrl: row.organization_logo_url },
    roleName: row.role_name,
    inviter: {
      firstName: row.inviter_first_name,
      lastName: row.inviter_last_name,
      email: row.inviter_email,
    },
    hasAccount: row.has_account,
  }
}

/** As `findInvitation`, or 410: used, expired, cancelled and made-up tokens are one answer. */
export async function findOpenInvitation(
  services: Pick<Services, 'db'>,
  mode: Mode,
  token: string,
): Promise<FoundInvitation> {
  const invitation = await findInvitation(services, mode, token)
  if (invitation?.status !== 'pending' || invitation.expiresAt <= new Date()) throw deadLink()
  return invitation
}

export function deadLink(): Problem {
  return new Problem('link_invalid', {
    detail: 'This invitation was used or cancelled, or has expired. Ask for a new one.',
  })
}
