import { createContext, useContext } from 'react'
import type { Appearance } from '../components/appearance.ts'
import { AuthStackError } from '../core/authstack-error.ts'
import type { AuthStackClient } from '../core/client.ts'
import type { Locale } from '../locales/message.ts'

export interface AuthStackContextValue {
  client: AuthStackClient
  locale: Locale
  appearance: Appearance
}

export const AuthStackContext = createContext<AuthStackContextValue | null>(null)

/** What the nearest `AuthStackProvider` holds. Throws `provider_missing` outside of one. */
export function useAuthStack(): AuthStackContextValue {
  const value = useContext(AuthStackContext)
  if (!value) {
    throw new AuthStackError('Wrap this part of the app in <AuthStackProvider>.', {
      code: 'provider_missing',
      status: 0,
    })
  }
  return value
}
