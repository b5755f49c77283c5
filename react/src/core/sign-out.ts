import { clearSession } from './adopt-session.ts'
import { isAuthStackError } from './authstack-error.ts'
import { callAuth } from './call-auth.ts'
import { type Core, storageKeys } from './core.ts'

/** Ends the session at the instance, then here and in the other tabs. */
export async function signOut(core: Core): Promise<void> {
  const keys = storageKeys(core)
  const refreshToken = core.refreshTokens.get(keys.refreshToken)
  try {
    await callAuth<void>(core, 'logout', refreshToken ? { refreshToken } : {}, core.access?.token)
  } catch (error) {
    // Already over there. Any other failure is told: the person must not think the session ended.
    if (!isAuthStackError(error) || error.status !== 401) throw error
  }
  clearSession(core)
  core.crossTab?.post({ type: 'signed-out' })
}
