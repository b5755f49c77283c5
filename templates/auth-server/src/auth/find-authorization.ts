import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'
import { PAGES_KEY_NAME } from '../pages/pages-path.ts'

export interface Authorization {
  id: string
  keyId: string
  redirectUri: string
  state: string
  codeChallenge: string
  screen: 'login' | 'signup'
  organizationId: string | null
  clientName: string
}

/** The sign-in request, for the hosted pages only; 404 when unknown, completed or expired. */
export async function findAuthorization(context: KeyContext, id: string): Promise<Authorization> {
  // Another app's page could otherwise complete a sign-in that the person never saw. The key alone
  // does not tell: it stands in the pages' source, and `allowedOrigins` of the settings may use any key.
  const isPages = context.key.name === PAGES_KEY_NAME
  if (!isPages || context.origin !== context.services.env.publicUrl) throw new Problem('not_found')
  const row = await context.services.db
    .hubQuery(context.mode)('authorization_requests as r')
    .join('api_keys as k', 'k.id', 'r.key_id')
    .where('r.id', id)
    .whereRaw('r.expires_at > now()')
    .whereNull('k.revoked_at')
    .first(
      'r.id',
      'r.key_id as keyId',
      'r.redirect_uri as redirectUri',
      'r.state',
      'r.code_challenge as codeChallenge',
      'r.screen',
      'r.organization_id as organizationId',
      'k.name as clientName',
    )
  if (!row) throw new Problem('not_found', { detail: 'This sign-in has expired. Start again.' })
  return row as Authorization
}
