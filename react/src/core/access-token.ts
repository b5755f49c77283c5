import { hold } from './adopt-session.ts'
import { AuthStackError } from './authstack-error.ts'
import { callAuth } from './call-auth.ts'
import type { Core, HeldToken } from './core.ts'
import { refreshSession } from './refresh-session.ts'
import type { SwitchAnswer } from './types.ts'

/** A token with fewer seconds than this is not sent any more. */
const MARGIN_MS = 10_000

/** The access token of this tab, refreshed when it is about to end. */
export async function accessToken(core: Core): Promise<string> {
  const usable = usableToken(core.access)
  if (usable) return usable
  if (core.session.getSnapshot().status === 'signed-out') throw nobody()
  try {
    await refreshSession(core)
  } catch (error) {
    // The instance is out of reach, yet what we hold still has seconds left: use it.
    if (core.access && core.access.expiresAt > Date.now()) return core.access.token
    throw error
  }
  if (!core.access) throw nobody()
  return core.access.token
}

function nobody(): AuthStackError {
  return new AuthStackError('Nobody is signed in.', { code: 'token_required', status: 401 })
}

/** A token for `organizationId`: this tab's own, or one minted beside it without switching. */
export async function tokenFor(core: Core, organizationId?: string): Promise<string> {
  const current = core.session.getSnapshot().organization?.id
  if (!organizationId || organizationId === current) return accessToken(core)
  const usable = usableToken(core.otherTokens.get(organizationId))
  if (usable) return usable
  const bearer = await accessToken(core)
  const answer = await callAuth<SwitchAnswer>(core, 'switch', { organizationId }, bearer)
  core.otherTokens.set(organizationId, hold(answer.accessToken, answer.expiresIn))
  return answer.accessToken
}

/** The token, unless it is about to end. */
export function usableToken(held: HeldToken | null | undefined): string | null {
  return held && held.expiresAt - MARGIN_MS > Date.now() ? held.token : null
}
