import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { ACCESS_TOKEN_SECONDS } from '../keycloak/desired.ts'

/** One token's life, and as much again for the token that was minted just before the next refresh. */
const FRESH_SECONDS = 2 * ACCESS_TOKEN_SECONDS

/**
 * Demands that the session was signed in or refreshed within the last ten minutes. Otherwise a stolen
 * access token could have itself renewed here every five minutes for as long as the session lives,
 * which is what only the refresh token may do. Our SDK refreshes ahead of every expiry, so it never
 * meets this; who does gets 401 and refreshes.
 *
 * @throws Problem `token_invalid`
 */
export async function demandRecentRefresh(context: UserContext): Promise<void> {
  const { services, mode, session } = context
  const recent = await services.db
    .hubQuery(mode)('refresh_tokens')
    .where('session_id', session.id)
    .whereRaw('created_at > now() - make_interval(secs => ?)', [FRESH_SECONDS])
    .first('id')
  if (!recent) {
    throw new Problem('token_invalid', { detail: 'Refresh the session, then ask again.' })
  }
}
