import { findLiveSession } from '../auth/find-live-session.ts'
import { isInScope } from '../auth/session-scope.ts'
import { Problem } from '../errors.ts'
import type { KeyContext, UserContext } from './context.ts'

/**
 * Demands an access token of the key's mode whose session is alive at this very request. The token
 * may name an organization or none.
 */
export async function requireUser(
  context: KeyContext,
  freshMinutes: number | null,
): Promise<UserContext> {
  const token = readBearer(context)
  const { keycloak, db, limits } = context.services
  const claimed = keycloak.tokens.peek(context.mode, token)
  if (!claimed) throw new Problem('token_invalid')
  // The session is looked up before any key is fetched: a made-up token costs one indexed read and
  // can make nobody ask Keycloak for the keys of realms that do not exist.
  const session = await findLiveSession(db, context.mode, claimed.sessionId)
  if (!session || session.userId !== claimed.userId) throw new Problem('session_revoked')
  const claims = await keycloak.tokens.verify(context.mode, token, 'authstack-api')
  if (!claims) throw new Problem('token_invalid')
  if (!isInScope(session.scope, claimed.organizationId)) throw new Problem('token_invalid')
  await limits.spend('user', session.userId)
  demandFresh(session.authTime, freshMinutes)
  return {
    ...context,
    userId: session.userId,
    session,
    tokenOrganizationId: claimed.organizationId,
    claims,
  }
}

function readBearer(context: KeyContext): string {
  const header = context.header('authorization')
  if (!header) throw new Problem('token_required')
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header)?.[1]
  if (!token || token.length > 8192) throw new Problem('token_invalid')
  return token
}

function demandFresh(authTime: Date, freshMinutes: number | null): void {
  if (freshMinutes !== null && Date.now() - authTime.getTime() > freshMinutes * 60_000) {
    throw new Problem('step_up_required', {
      detail: 'Sign in again to go on.',
      extra: { methods: ['password'] },
    })
  }
}
