import { clearSession } from './adopt-session.ts'
import { isAuthStackError } from './authstack-error.ts'
import type { Core } from './core.ts'
import { refreshSession } from './refresh-session.ts'

/**
 * Runs a call that needs a token. One that has just ended is renewed once; a session that was
 * revoked at the instance ends here too, wherever it is noticed.
 */
export async function withSession<T>(core: Core, attempt: () => Promise<T>): Promise<T> {
  const held = core.access
  try {
    return await attempt()
  } catch (error) {
    if (!isAuthStackError(error) || error.status !== 401) throw error
    if (error.code === 'session_revoked') clearSession(core, error)
    const isStale = error.code === 'token_invalid' || error.code === 'token_required'
    if (!isStale || !held) throw error
    if (core.access === held) {
      core.access = null
      core.otherTokens.clear()
      await refreshSession(core)
    }
    return attempt()
  }
}
