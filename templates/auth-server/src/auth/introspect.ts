import { z } from 'zod'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMembership } from '../members/find-membership.ts'
import { findLiveSession } from './find-live-session.ts'
import { isInScope } from './session-scope.ts'

const INACTIVE = { active: false }

export const introspect = defineAction<SecretContext>()({
  id: 'introspect',
  summary: 'Whether a token is good at this very moment, with the permissions of now',
  body: z.strictObject({ token: z.string().min(1).max(8192) }),
  output: z.object({
    active: z.boolean(),
    sub: z.string().optional(),
    org_id: z.string().optional(),
    permissions: z.array(z.string()).optional(),
    roles: z.array(z.string()).optional(),
    exp: z.number().optional(),
  }),
  async run({ services, mode }, { body }) {
    const { tokens, appAudience } = services.keycloak
    const claimed = tokens.peek(mode, body.token)
    if (!claimed) return INACTIVE
    const session = await findLiveSession(services.db, mode, claimed.sessionId)
    if (!session || session.userId !== claimed.userId) return INACTIVE
    if (!isInScope(session.scope, claimed.organizationId)) return INACTIVE
    const claims =
      (await tokens.verify(mode, body.token, appAudience)) ??
      (await tokens.verify(mode, body.token, 'authstack-api'))
    if (!claims) return INACTIVE
    const answer = { active: true, sub: claimed.userId, exp: claims.exp }
    if (!claimed.organizationId) return answer
    const membership = await findMembership(services, mode, claimed.userId, claimed.organizationId)
    // The token may say otherwise for minutes; whoever asks here asks for now.
    if (!membership) return INACTIVE
    return {
      ...answer,
      org_id: claimed.organizationId,
      permissions: membership.permissions,
      roles: [membership.role.slug],
    }
  },
})
