import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { StorageKind } from '../core/browser-storage.ts'
import { createClient } from '../core/client.ts'
import { AuthStackContext } from '../hooks/context.ts'
import { useConfig } from '../hooks/use-config.ts'
import { en } from '../locales/en.ts'
import type { Locale } from '../locales/message.ts'
import { adoptTheme } from './adopt-theme.ts'
import { type Appearance, resolveAppearance, type ThemeConfig } from './appearance.ts'

export interface AuthStackProviderProps {
  /** The publishable key: `ask_live_…` or `ask_test_…`. */
  apiKey: string
  /** Address of your instance; `authstack init` and `connect` write it. */
  endpoint?: string
  region?: string
  theme?: ThemeConfig
  onError?: (error: Error) => void
  /** Where a refresh token rests, only for keys with `body` delivery. Default `memory`. */
  storage?: StorageKind
  /** Where `bff()` is mounted, only for keys with `bff` delivery. Default `/api/authstack`. */
  bffUrl?: string
  /** Where the hosted pages send people back to. Default: this origin's `/callback`. */
  redirectUri?: string
  appearance?: Appearance
  /** Default English; others from `@authstack/react/locales/<tag>`. */
  locale?: Locale
  fetch?: typeof globalThis.fetch
  children: ReactNode
}

/** Holds the session of one app. Everything else of this package lives inside it. */
export function AuthStackProvider(props: AuthStackProviderProps) {
  const { apiKey, endpoint, storage, bffUrl, redirectUri, theme, appearance } = props
  const { locale = en, children } = props
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  // State, not a memo: React may drop a memo, and with it the session of the page.
  const make = () =>
    createClient({
      apiKey,
      endpoint,
      storage,
      bffUrl,
      redirectUri,
      fetch: props.fetch,
      onError: (error) => latest.current.onError?.(error),
    })
  const identity = `${apiKey} ${endpoint} ${storage} ${bffUrl} ${redirectUri}`
  const [held, setHeld] = useState(() => ({ identity, client: make() }))
  let current = held
  if (held.identity !== identity) {
    current = { identity, client: make() }
    setHeld(current)
  }
  const { client } = current
  useEffect(() => client.start(), [client])

  const look = JSON.stringify([theme, appearance])
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared by value, since both are usually written inline
  const resolved = useMemo(() => resolveAppearance(theme, appearance), [look])
  const value = useMemo(
    () => ({ client, locale, appearance: resolved }),
    [client, locale, resolved],
  )
  return (
    <AuthStackContext.Provider value={value}>
      <InstanceTheme />
      {children}
    </AuthStackContext.Provider>
  )
}

function InstanceTheme() {
  const { data } = useConfig()
  useEffect(() => (data ? adoptTheme(data) : undefined), [data])
  return null
}
