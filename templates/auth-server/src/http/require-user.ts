import { type Eventually, whenThere } from '../access/eventually.ts'
import { isInScope } from '../auth/session-scope.ts'
import { Problem } from '../errors.ts'
import type { KeyContext, UserContext } from './context.ts'

const API_AUDIENCE = 'authstack-api'

/**
 * Demands an access token of the key's mode whose session is alive at this very request. The token
 * may name an organization or none.
 */
export function requireUser(
  context: KeyContext,
  freshMinutes: number | null,
): Eventually<UserContext> {
  const { mode, services } = context
  const { access, keycloak, limits } = services
  const header = context.header('authorization')
  if (!header) throw new Problem('token_required')
  // What was verified before was also well formed, so only an unknown one is looked at.
  const sent = header.startsWith('Bearer ') ? header.slice('Bearer '.length) : null
  const known = sent && access.knownToken(mode, sent, API_AUDIENCE)
  const token = known ? sent : readBearer(header)
  const claimed = known || keycloak.tokens.peek(mode, token)
  if (!claimed) throw new Problem('token_invalid')
  // The session is looked up before any key is fetched: a made-up token costs one indexed read and
  // can make nobody ask Keycloak for the keys of realms that do not exist.
  return whenThere(access.session(mode, claimed.sessionId), (session) => {
    if (!session || session.userId !== claimed.userId) throw new Problem('session_revoked')
    return whenThere(known || access.verifyToken(mode, token, API_AUDIENCE), (verified) => {
      if (!verified) throw new Problem('token_invalid')
      if (!isInScope(session.scope, verified.organizationId)) throw new Problem('token_invalid')
      limits.count('user', session.userId)
      demandFresh(session.authTime, freshMinutes)
      const known = context as UserContext
      known.userId = session.userId
      known.session = session
      known.tokenOrganizationId = verified.organizationId
      known.claims = verified.claims
      return known
    })
  })
}

function readBearer(header: string): string {
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
