import { z } from 'zod'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { fullName } from '../members/member-view.ts'
import { findOpenInvitation } from './find-invitation.ts'
import { tokenInput } from './invitation-token.ts'

/** What the page of an invitation shows before anybody signs in. The token was mailed to one address. */
export const lookupInvitation = defineAction<KeyContext>()({
  id: 'lookupInvitation',
  summary: 'Show what an invitation link opens',
  problems: ['link_invalid'],
  body: z.strictObject({ token: tokenInput }),
  output: z.object({
    email: z.string(),
    organization: z.object({ name: z.string(), logoUrl: z.string().nullable() }),
    role: z.object({ name: z.string() }),
    inviterName: z.string().nullable(),
    hasAccount: z.boolean(),
    expiresAt: z.string(),
  }),
  async run({ services, mode, ip }, { body }) {
    await services.limits.spend('guess', ip)
    const invitation = await findOpenInvitation(services, mode, body.token)
    const { inviter } = invitation
    return {
      email: invitation.email,
      organization: invitation.organization,
      role: { name: invitation.roleName },
      inviterName: fullName(inviter.firstName, inviter.lastName),
      hasAccount: invitation.hasAccount,
      expiresAt: invitation.expiresAt.toISOString(),
    }
  },
})
