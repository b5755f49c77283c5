import { isInScope } from '../auth/session-scope.ts'
import { Problem } from '../errors.ts'
import type { KeyContext, UserContext } from './context.ts'

const API_AUDIENCE = 'authstack-api'

/**
 * Demands an access token of the key's mode whose session is alive at this very request. The token
 * may name an organization or none.
 */
export async function requireUser(
  context: KeyContext,
  freshMinutes: number | null,
): Promise<UserContext> {
  const token = readBearer(context)
  const { mode, services } = context
  const { access, keycloak, limits } = services
  const known = access.knownToken(mode, token, API_AUDIENCE)
  const claimed = known ?? keycloak.tokens.peek(mode, token)
  if (!claimed) throw new Problem('token_invalid')
  // The session is looked up before any key is fetched: a made-up token costs one indexed read and
  // can make nobody ask Keycloak for the keys of realms that do not exist.
  const session = await access.session(mode, claimed.sessionId)
  if (!session || session.userId !== claimed.userId) throw new Problem('session_revoked')
  const verified = known ?? (await access.verifyToken(mode, token, API_AUDIENCE))
  if (!verified) throw new Problem('token_invalid')
  if (!isInScope(session.scope, verified.organizationId)) throw new Problem('token_invalid')
  limits.count('user', session.userId)
  demandFresh(session.authTime, freshMinutes)
  return {
    ...context,
    userId: session.userId,
    session,
    tokenOrganizationId: verified.organizationId,
    claims: verified.claims,
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
