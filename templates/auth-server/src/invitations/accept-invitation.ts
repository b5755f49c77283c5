import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { organizationShape, toOrganization } from '../organizations/organization-view.ts'
import { consumeInvitation } from './consume-invitation.ts'
import { deadLink } from './find-invitation.ts'
import { tokenInput } from './invitation-token.ts'

/** Accepts an invitation as the signed-in person, whose address must be the invited one. */
export const acceptInvitation = defineAction<UserContext>()({
  id: 'acceptInvitation',
  summary: 'Accept an invitation',
  problems: [
    'link_invalid',
    'invitation_for_another_address',
    'email_not_verified',
    'limit_reached',
    'conflict',
  ],
  body: z.strictObject({ token: tokenInput }),
  output: organizationShape,
  async run(context, { body }) {
    const { services, mode, userId, ip, requestId } = context
    await services.limits.spend('guess', ip)
    const user = await services.db
      .hubQuery(mode)('users')
      .where({ id: userId, state: 'active' })
      .select('email', 'email_verified_at')
      .first()
    // Without proof of the address, anybody could sign up with it and take the invitation.
    if (!user?.email_verified_at) throw new Problem('email_not_verified')
    const organizationId = await consumeInvitation(services, mode, {
      token: body.token,
      userId,
      email: user.email,
      ip,
      requestId,
    })
    const membership = await findMembership(services, mode, userId, organizationId)
    // Accepted once and removed since: the link is no way back in.
    if (!membership) throw deadLink()
    return toOrganization(membership)
  },
})
