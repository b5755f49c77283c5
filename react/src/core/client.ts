import { accessToken } from './access-token.ts'
import { act } from './act.ts'
import { adoptSignIn } from './adopt-session.ts'
import { appToken } from './app-token.ts'
import { callAuth } from './call-auth.ts'
import { type ClientOptions, type Core, createCore } from './core.ts'
import { loadConfig } from './load-config.ts'
import {
  handleRedirectCallback,
  loginWithRedirect,
  type RedirectOptions,
} from './redirect-login.ts'
import { refreshSession } from './refresh-session.ts'
import { type RequestOptions, request, requestPublic } from './request.ts'
import { createResource, type Resource } from './resource.ts'
import { signOut } from './sign-out.ts'
import { start } from './start.ts'
import {
  ensureOrganization,
  forgetOrganization,
  switchOrganization,
} from './switch-organization.ts'
import type * as Api from './types.ts'

/** The store behind the hooks: usable without React. */
export type AuthStackClient = ReturnType<typeof createClient>

/** Makes a client. Nothing happens until `start()`; safe on a server. */
export function createClient(options: ClientOptions) {
  const core = createCore(options)
  const run = <T>(operation: () => Promise<T>) => act(core, operation)
  return {
    keyId: core.keyId,
    mode: core.mode,
    endpoint: core.endpoint,
    session: core.session,
    config: core.config,
    start: () => start(core),
    loadConfig: () => loadConfig(core),

    login: (email: string, password: string) => run(() => login(core, email, password)),
    logout: () => run(() => signOut(core)),
    signup: (data: Api.SignupData) =>
      run(() => callAuth<Api.SignupResult>(core, 'signup', { ...data })),
    verifyEmail: (token: string) => run(() => verifyEmail(core, token)),
    resendVerification: (email: string) =>
      run(() => requestPublic<void>(core, 'auth/verify-email/resend', { email })),
    requestPasswordReset: (email: string) =>
      run(() => requestPublic<void>(core, 'auth/password-reset', { email })),
    resetPassword: (token: string, password: string) =>
      run(() => requestPublic<void>(core, 'auth/password-reset/confirm', { token, password })),
    lookupInvitation: (token: string) =>
      requestPublic<Api.InvitationPreview>(core, 'invitations/lookup', { token }),
    acceptInvitation: (token: string) => run(() => acceptInvitation(core, token)),
    refresh: () => run(() => refreshSession(core)),
    accessToken: () => accessToken(core),
    getToken: (organizationId?: string) => appToken(core, organizationId),
    loginWithRedirect: (redirect?: RedirectOptions) => run(() => loginWithRedirect(core, redirect)),
    handleRedirectCallback: () => run(() => handleRedirectCallback(core)),
    updateProfile: (data: Api.ProfileData) => run(() => updateProfile(core, data)),

    switchOrganization: (id: string) => run(() => switchOrganization(core, id)),
    /** After the organization of this tab is gone: a token without it, then the next one. */
    forgetOrganization: () => run(() => forgetOrganization(core)),
    /** Says that somebody will call `ensureOrganization` after each sign-in. */
    willChooseOrganization: () => {
      core.choosesOrganization = true
    },
    ensureOrganization: (preferred?: string) => run(() => ensureOrganization(core, preferred)),

    /** Calls the instance as the signed-in person, e.g. one of the project's own routes. */
    request: <T>(path: string, request_?: RequestOptions) => request<T>(core, path, request_),
    run,
    /** The shared reading named `key`; the first caller says how it is read. */
    resource: <T>(key: string, load: () => Promise<T>): Resource<T> => {
      const known = core.resources.get(key) as Resource<T> | undefined
      if (known) return known
      const made = createResource(load)
      core.resources.set(key, made as Resource<unknown>)
      return made
    },
  }
}

async function login(core: Core, email: string, password: string): Promise<void> {
  adoptSignIn(core, await callAuth<Api.SessionAnswer>(core, 'login', { email, password }))
}

async function verifyEmail(core: Core, token: string): Promise<void> {
  adoptSignIn(core, await callAuth<Api.SessionAnswer>(core, 'verify-email', { token }))
}

async function acceptInvitation(core: Core, token: string): Promise<Api.Organization> {
  const joined = await request<Api.Organization>(core, 'invitations/accept', {
    method: 'POST',
    body: { token },
  })
  addOrganization(core, joined)
  await switchOrganization(core, joined.id)
  return joined
}

async function updateProfile(core: Core, data: Api.ProfileData): Promise<Api.User> {
  const user = await request<Api.User>(core, 'me', { method: 'PATCH', body: data })
  core.session.update({ user })
  return user
}

/** Puts an organization into the session's list, or its new facts over the old ones. */
export function addOrganization(core: Pick<Core, 'session'>, added: Api.Organization): void {
  const { organizations, organization } = core.session.getSnapshot()
  const { id, slug, name, role, logoUrl } = added
  const ref = { id, slug, name, role, logoUrl }
  const isKnown = organizations.some((one) => one.id === id)
  core.session.update({
    organizations: isKnown
      ? organizations.map((one) => (one.id === id ? ref : one))
      : [...organizations, ref],
    organization: organization?.id === id ? { ...organization, ...added } : organization,
  })
}
