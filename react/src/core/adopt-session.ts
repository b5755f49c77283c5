import type { AuthStackError } from './authstack-error.ts'
import { type Core, type HeldToken, signedOut, storageKeys } from './core.ts'
import type { Organization, SessionAnswer, SwitchAnswer } from './types.ts'

/** Takes over a fresh sign-in: whatever an older refresh still answers is void from here. */
export function adoptSignIn(core: Core, answer: SessionAnswer): void {
  core.generation += 1
  forgetTokens(core)
  adoptAnswer(core, answer)
  core.crossTab?.post({ type: 'signed-in' })
}

/** Takes over the answer of a sign-in or a refresh. */
export function adoptAnswer(core: Core, answer: SessionAnswer): void {
  const before = core.session.getSnapshot()
  if (before.user && before.user.id !== answer.user.id) forgetTokens(core)
  const keys = storageKeys(core)
  const delivery = core.config.getSnapshot().data?.sessionDelivery
  core.local.set(keys.hint, delivery ?? core.local.get(keys.hint) ?? '1')
  if (answer.refreshToken) core.refreshTokens.set(keys.refreshToken, answer.refreshToken)
  core.access = hold(answer.accessToken, answer.expiresIn)
  rememberOrganization(core, answer.organization)
  core.session.set({
    ...before,
    status: 'signed-in',
    user: answer.user,
    organizations: answer.organizations,
    organization: answer.organization,
    isSwitching:
      before.isSwitching ||
      (core.choosesOrganization && !answer.organization && answer.organizations.length > 0),
    error: null,
  })
}

/** Takes over the organization that this tab has switched to. */
export function adoptSwitch(core: Core, answer: SwitchAnswer): void {
  core.access = hold(answer.accessToken, answer.expiresIn)
  rememberOrganization(core, answer.organization)
  core.session.update({ organization: answer.organization })
}

/** Ends the session in this tab. `error` says why, when it was not the person's own wish. */
export function clearSession(core: Core, error: AuthStackError | null = null): void {
  core.generation += 1
  forgetTokens(core)
  const keys = storageKeys(core)
  core.access = null
  core.local.set(keys.hint, null)
  core.refreshTokens.set(keys.refreshToken, null)
  core.tab.set(keys.organization, null)
  core.session.set({ ...signedOut, error, pending: core.session.getSnapshot().pending })
}

export function hold(token: string, expiresInSeconds: number): HeldToken {
  const lifeMs = expiresInSeconds * 1000
  const expiresAt = Date.now() + lifeMs
  return { token, expiresAt, renewAt: expiresAt - Math.min(60_000, lifeMs / 5) }
}

function forgetTokens(core: Core): void {
  core.otherTokens.clear()
  core.appTokens.clear()
  core.resources.clear()
}

// Per tab, so that two tabs can show two organizations; the last one only seeds a new tab.
function rememberOrganization(core: Core, organization: Organization | null): void {
  const keys = storageKeys(core)
  core.tab.set(keys.organization, organization?.id ?? null)
  if (organization) core.local.set(keys.lastOrganization, organization.id)
}
