import { adoptAnswer, clearSession } from './adopt-session.ts'
import { isAuthStackError } from './authstack-error.ts'
import { callAuth, deliveryOf } from './call-auth.ts'
import { type Core, storageKeys } from './core.ts'
import { withRefreshLock } from './refresh-lock.ts'
import type { SessionAnswer } from './types.ts'

/** The only answers that end a session. Anything else, above all silence, keeps it. */
const FINAL_CODES = new Set([
  'refresh_reused',
  'refresh_invalid',
  'session_revoked',
  'token_required',
  'token_invalid',
])

/**
 * Trades the refresh token for a new access token. However many callers ask at once, one call goes
 * out. Rejects with the failure; the session survives all but the final ones.
 */
export function refreshSession(core: Core): Promise<void> {
  core.refreshing ??= refresh(core).finally(() => {
    core.refreshing = null
  })
  return core.refreshing
}

async function refresh(core: Core): Promise<void> {
  const generation = core.generation
  const tokenBefore = core.access?.token
  await withRefreshLock(storageKeys(core).lock, async () => {
    // While this tab waited for the lock, another may have sent us its answer.
    if (core.access && core.access.token !== tokenBefore) return
    if (core.generation !== generation) return
    const delivery = await deliveryOf(core)
    const refreshToken = core.refreshTokens.get(storageKeys(core).refreshToken)
    if (delivery === 'body' && !refreshToken) {
      // Kept by another tab, or gone with the page: this tab is signed out, the others are not.
      core.session.update({ status: 'signed-out', user: null })
      return
    }
    const organizationId = core.tab.get(storageKeys(core).organization)
    try {
      const answer = await ask(core, organizationId, delivery === 'body' ? refreshToken : null)
      if (core.generation !== generation) return
      take(core, answer, organizationId)
    } catch (error) {
      if (core.generation !== generation) return
      const isFinal = isAuthStackError(error) && error.status === 401 && FINAL_CODES.has(error.code)
      if (isFinal) clearSession(core, core.session.getSnapshot().user ? error : null)
      throw error
    }
  })
}

async function ask(core: Core, organizationId: string | null, refreshToken: string | null) {
  const body = {
    ...(refreshToken ? { refreshToken } : {}),
    ...(organizationId ? { organizationId } : {}),
  }
  try {
    return await callAuth<SessionAnswer>(core, 'refresh', body)
  } catch (error) {
    // No longer a member of the tab's organization: the person is still signed in.
    if (!organizationId || !isAuthStackError(error) || error.status !== 404) throw error
    core.tab.set(storageKeys(core).organization, null)
    return callAuth<SessionAnswer>(core, 'refresh', refreshToken ? { refreshToken } : {})
  }
}

function take(core: Core, answer: SessionAnswer, askedFor: string | null): void {
  const keys = storageKeys(core)
  const now = core.tab.get(keys.organization)
  if (now !== null && now !== askedFor) {
    // The person switched while we waited: their choice wins, the new refresh token is kept.
    if (answer.refreshToken) core.refreshTokens.set(keys.refreshToken, answer.refreshToken)
    core.session.update({ user: answer.user, organizations: answer.organizations })
    return
  }
  adoptAnswer(core, answer)
  if (answer.refreshToken || !core.access) return
  core.crossTab?.post({
    type: 'refreshed',
    organizationId: answer.organization?.id ?? null,
    answer,
    held: core.access,
  })
}
