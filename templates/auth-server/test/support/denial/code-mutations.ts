import type { SourceChange } from '../start-api.ts'

/** A check taken away, and whether the short form of the suite tries it too. */
export interface CodeMutation extends SourceChange {
  short?: boolean
}

const drop = (file: string, from: string, to = '', short = false): CodeMutation => ({
  file,
  from,
  to,
  short,
})

/**
 * Each membership check, guard and binding in the source, weakened or dropped. For every one the
 * denial matrix or an attack on memberships must fail. Whoever moves a check moves its line here: a
 * text that is not found fails the suite.
 */
export const codeMutations: CodeMutation[] = [
  // Who is a member, and of what.
  drop(
    'http/require-member.ts',
    '!organizationId || pathOrganizationId !== organizationId',
    '!organizationId',
  ),
  drop('http/require-member.ts', 'tenant !== null && tenant !== organizationId', 'false'),
  drop(
    'http/require-member.ts',
    'permission && !membership.permissions.includes(permission)',
    'false',
    true,
  ),
  // Keys: which, and from where.
  drop('keys/api-key.ts', 'key.revokedAt === null && ', '', true),
  drop(
    'keys/api-key.ts',
    '(key.expiresAt === null || key.expiresAt.getTime() > Date.now())',
    'true',
  ),
  drop(
    'http/require-key.ts',
    'if (!allowedOrigins(context.services, key).includes(origin)) {',
    'if (false) {',
    true,
  ),
  drop('http/require-key.ts', `if (origin) refuseOrigin('A native key is not for browsers.')`),
  drop(
    'http/require-key.ts',
    `return refuseOrigin('A browser key needs an Origin header.')`,
    'return null',
  ),
  drop('http/require-secret.ts', 'if (!key.scopes.includes(scope)) {', 'if (false) {', true),
  drop('http/require-secret.ts', `if (context.header('origin')) refusePage()`),
  drop('http/require-secret.ts', `if (context.header('sec-fetch-site')) refusePage()`),
  drop('http/require-machine.ts', 'pathOrganizationId !== organization.id', 'false', true),
  drop('http/require-machine.ts', 'tenant !== null && tenant !== organization.id', 'false'),
  drop('http/require-machine.ts', 'permission && !key.permissions.includes(permission)', 'false'),
  drop(
    'http/require-machine.ts',
    `context.header('origin') || context.header('sec-fetch-site')`,
    'false',
  ),
  // Sessions: alive, of this person, and for this organization.
  drop('auth/find-live-session.ts', `.where('u.state', 'active')`),
  drop('auth/find-live-session.ts', `.whereNull('s.revoked_at')`, '', true),
  drop('http/require-user.ts', '!session || session.userId !== claimed.userId', '!session'),
  drop(
    'http/require-user.ts',
    `if (!isInScope(session.scope, verified.organizationId)) throw new Problem('token_invalid')`,
  ),
  drop('http/require-user.ts', 'freshMinutes !== null && Date.now()', 'false && Date.now()'),
  // Sessions of one organization's SSO.
  drop('auth/session-scope.ts', 'return scope === HUB_SCOPE || ', 'return true || ', true),
  drop('http/guard.ts', `if (session !== 'any') demandScope(context.session.scope, null)`),
  drop(
    'auth/session-answer.ts',
    'membershipsInScope(await listMemberships(services, mode, user.id), scope)',
    'await listMemberships(services, mode, user.id)',
  ),
  drop(
    'auth/introspect.ts',
    'if (!isInScope(session.scope, claimed.organizationId)) return INACTIVE',
  ),
  drop('auth/introspect.ts', 'if (!membership) return INACTIVE', 'if (!membership) return answer'),
  drop('me/revoke-session.ts', 'id: params.sessionId, user_id: userId', 'id: params.sessionId'),
  // Roads into an organization.
  drop(
    'invitations/consume-invitation.ts',
    `if (found.email !== email) throw new Problem('invitation_for_another_address')`,
    '',
  ),
  drop(
    'invitations/accept-invitation.ts',
    `if (!user?.email_verified_at) throw new Problem('email_not_verified')`,
    '',
  ),
  drop('auth/exchange-code.ts', 'if (code.key_id !== key.id) return false'),
  drop(
    'auth/exchange-code.ts',
    'if (sent.redirect_uri !== undefined && sent.redirect_uri !== code.redirect_uri) return false',
  ),
  drop(
    'auth/exchange-code.ts',
    'return timingSafeEqual(Buffer.from(challenge), Buffer.from(code.code_challenge))',
    'return true',
  ),
  drop('auth/exchange-code.ts', `.whereRaw('expires_at > now()')`),
  drop(
    'auth/refresh.ts',
    'if (row.keyId !== key.id || row.isEnded) return false',
    'if (row.isEnded) return false',
  ),
  drop(
    'auth/refresh.ts',
    'if (row.keyId !== key.id || row.isEnded) return false',
    'if (row.keyId !== key.id) return false',
  ),
  drop(
    'auth/refresh.ts',
    `if (!found || user?.state !== 'active') return refuse(context)`,
    'if (!found || !user) return refuse(context)',
  ),
  // Nobody above themselves, and one owner at least.
  drop('roles/resolve-role.ts', 'if (lacking.length > 0) {', 'if (false) {', true),
  drop('members/update-member.ts', 'refuseRoleAbove(settings, held, member.role)'),
  drop('members/update-member.ts', 'refuseRoleAbove(settings, held, role)\n'),
  drop('members/end-membership.ts', 'refuseRoleAbove(services.settings, held, member.role)'),
  drop('invitations/create-invitation.ts', 'refuseRoleAbove(settings, held, role)'),
  drop('members/find-member.ts', 'if (!others) {', 'if (false) {'),
  // Tokens.
  drop('keycloak/tokens.ts', 'payload.aud === audience && ', '', true),
  drop('keycloak/tokens.ts', ' && payload.mode === mode'),
  drop('keycloak/tokens.ts', ' || realm.mode !== mode'),
  drop('keycloak/tokens.ts', 'if (organizationId !== realm.organizationId) return null'),
  drop('keycloak/tokens.ts', `requiredClaims: ['exp', 'sub', 'as_sid'],`),
]
