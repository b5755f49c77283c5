import { useMemo } from 'react'
import type { AuthStackError } from '../core/authstack-error.ts'
import type { AuthStackClient } from '../core/client.ts'
import type { RedirectOptions } from '../core/redirect-login.ts'
import type {
  InvitationPreview,
  Organization,
  ProfileData,
  SignupData,
  SignupResult,
  User,
} from '../core/types.ts'
import { useAuthStack } from './context.ts'
import { useSession } from './use-session.ts'

export interface UseAuth extends AuthActions {
  user: User | null
  isAuthenticated: boolean
  /** True during the initial load and while an operation runs. */
  isLoading: boolean
  /** True once it is known whether somebody is signed in; stays true during operations. */
  isLoaded: boolean
  error: AuthStackError | null
}

/** Every action rejects with an `AuthStackError`, which is also kept in `error`. */
interface AuthActions {
  login: (email: string, password: string) => Promise<void>
  logout: () => Promise<void>
  /** Resolves with `check_email` for a new and for a known address alike. */
  signup: (data: SignupData) => Promise<SignupResult>
  refreshToken: () => Promise<void>
  updateProfile: (data: ProfileData) => Promise<void>
  /** Goes to the hosted pages. */
  loginWithRedirect: (options?: RedirectOptions) => Promise<void>
  /** Call it on the redirect page; it says where the person wanted to go. */
  handleRedirectCallback: () => Promise<{ returnTo: string }>
  /** A bearer token for your own backend (`createVerifier` checks it there). */
  getToken: (options?: { organizationId?: string }) => Promise<string>
  verifyEmail: (token: string) => Promise<void>
  resendVerification: (email: string) => Promise<void>
  requestPasswordReset: (email: string) => Promise<void>
  resetPassword: (token: string, password: string) => Promise<void>
  acceptInvitation: (token: string) => Promise<Organization>
  lookupInvitation: (token: string) => Promise<InvitationPreview>
}

/** Core authentication hook: who is signed in, and every way in and out. */
export function useAuth(): UseAuth {
  const { client } = useAuthStack()
  const { user, status, pending, error } = useSession()
  const actions = useMemo(() => actionsOf(client), [client])
  return {
    user,
    isAuthenticated: status === 'signed-in',
    isLoading: status === 'loading' || pending > 0,
    isLoaded: status !== 'loading',
    error,
    ...actions,
  }
}

function actionsOf(client: AuthStackClient): AuthActions {
  return {
    login: client.login,
    logout: client.logout,
    signup: client.signup,
    refreshToken: client.refresh,
    updateProfile: async (data) => {
      await client.updateProfile(data)
    },
    loginWithRedirect: client.loginWithRedirect,
    handleRedirectCallback: client.handleRedirectCallback,
    getToken: (options) => client.getToken(options?.organizationId),
    verifyEmail: client.verifyEmail,
    resendVerification: client.resendVerification,
    requestPasswordReset: client.requestPasswordReset,
    resetPassword: client.resetPassword,
    acceptInvitation: client.acceptInvitation,
    lookupInvitation: client.lookupInvitation,
  }
}
