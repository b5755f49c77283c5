import { recordEvent } from '../audit/record-event.ts'
import type { Mode } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import { startShadowSync, syncShadowUserNow } from '../members/sync-shadow-user.ts'
import { lockOrganization } from '../organizations/lock-organization.ts'
import type { Services } from '../services.ts'
import { deadLink, findInvitation } from './find-invitation.ts'
import { hashInvitationToken } from './invitation-token.ts'

export interface Acceptance {
  token: string
  userId: string
  /** The verified address of that person, lower-case. */
  email: string
  ip?: string | null
  requestId?: string | null
}

/**
 * Turns an invitation into a membership and returns the organization's id. One use, one address, one
 * organization; a second use is 410 for everybody, the same person included.
 */
export async function consumeInvitation(
  services: Pick<Services, 'db' | 'keycloak' | 'settings' | 'log'>,
  mode: Mode,
  { token, userId, email, ip, requestId }: Acceptance,
): Promise<string> {
  const found = await findInvitation(services, mode, token)
  if (found?.status !== 'pending') throw deadLink()
  const { organizationId } = found
  if (found.email !== email) throw new Problem('invitation_for_another_address')
  const operation = await services.db.tenantTransaction(mode, organizationId, async (trx) => {
    await lockOrganization(trx, organizationId)
    // The state is read again under the lock: two acceptances at once, or a cancel in between.
    const taken = await trx('invitations')
      .where({ tenant_id: organizationId, token_hash: hashInvitationToken(token) })
      .where({ status: 'pending', email })
      .where('expires_at', '>', trx.fn.now())
      .update({ status: 'accepted', accepted_by: userId, accepted_at: trx.fn.now() })
      .returning(['id', 'role_id'])
    if (taken.length === 0) throw deadLink()
    // Who is a member already keeps the role they have: a link must not lower an owner.
    await trx('memberships')
      .insert({ tenant_id: organizationId, user_id: userId, role_id: taken[0].role_id })
      .onConflict(['tenant_id', 'user_id'])
      .ignore()
    await recordEvent(trx, organizationId, {
      action: 'invitation.accepted',
      actor: { kind: 'user', id: userId },
      target: { kind: 'invitation', id: taken[0].id },
      ip: ip ?? null,
      requestId: requestId ?? null,
    })
    return startShadowSync(trx, organizationId, userId)
  })
  await syncShadowUserNow(services, mode, operation)
  return organizationId
}
