import { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findMachineKey } from '../machine-keys/find-machine-key.ts'
import { findMembership } from '../members/find-membership.ts'
import type { Services } from '../services.ts'
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
    /** Of a machine key: its id. There is no person then, so no `sub`. */
    key_id: z.string().optional(),
  }),
  async run({ services, mode }, { body }) {
    if (body.token.startsWith('authstack_org_')) {
      return introspectMachineKey(services, mode, body.token)
    }
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

/** A key of the asking secret's own mode only: a backend on test data must not serve live machines. */
async function introspectMachineKey(
  services: Pick<Services, 'db' | 'settings'>,
  mode: Mode,
  token: string,
) {
  const key = await findMachineKey(services, mode, token)
  if (!key) return INACTIVE
  return {
    active: true,
    key_id: key.id,
    org_id: key.organization.id,
    permissions: key.permissions,
    ...(key.expiresAt ? { exp: Math.floor(key.expiresAt.getTime() / 1000) } : {}),
  }
}
