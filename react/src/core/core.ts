import type { AuthStackError } from './authstack-error.ts'
import { type KeyValue, openStorage, type StorageKind } from './browser-storage.ts'
import type { CrossTab } from './cross-tab.ts'
import { parseKey } from './parse-key.ts'
import type { Resource } from './resource.ts'
import { createStore, type Store } from './store.ts'
import type { InstanceConfig, Organization, OrganizationRef, User } from './types.ts'

export interface ClientOptions {
  /** The publishable key, `ask_live_…` or `ask_test_…`. */
  apiKey: string
  /** Address of the instance, e.g. `https://auth.example.com`. */
  endpoint?: string
  /** Where the backend of `bff()` is mounted on the app's own origin. */
  bffUrl?: string
  /** Where hosted pages send people back to; must be on the key's list. Default: the app's `/callback`. */
  redirectUri?: string
  /** Where a refresh token rests when the key delivers it in the body. Default `memory`. */
  storage?: StorageKind
  fetch?: typeof globalThis.fetch
  onError?: (error: AuthStackError) => void
}

export interface SessionState {
  /** `loading` until the first answer; a network failure leaves it there and keeps trying. */
  status: 'loading' | 'signed-in' | 'signed-out'
  user: User | null
  organizations: OrganizationRef[]
  /** The organization of this tab. */
  organization: Organization | null
  /** How many sign-in operations are running. */
  pending: number
  isSwitching: boolean
  error: AuthStackError | null
}

export interface HeldToken {
  token: string
  /** Milliseconds since the epoch, by this machine's clock. */
  expiresAt: number
  /** When to renew it, ahead of expiry: the last minute, or the last fifth of a shorter life. */
  renewAt: number
}

export interface ConfigState {
  data: InstanceConfig | null
  error: AuthStackError | null
}

/** Everything one provider holds. The verbs beside this file act on it; none keeps state of its own. */
export interface Core {
  options: ClientOptions
  endpoint: string
  keyId: string
  mode: 'live' | 'test'
  local: KeyValue
  tab: KeyValue
  refreshTokens: KeyValue
  session: Store<SessionState>
  config: Store<ConfigState>
  loadingConfig: Promise<InstanceConfig> | null
  /** The access token of this tab; memory only, so that no other script finds it at rest. */
  access: HeldToken | null
  otherTokens: Map<string, HeldToken>
  appTokens: Map<string, HeldToken>
  /** Counts sign-ins and sign-outs: an answer from before one must not undo it. */
  generation: number
  refreshing: Promise<void> | null
  ensuring: Promise<void> | null
  /** A `TenantProvider` will choose an organization: until then the tab is switching, not without. */
  choosesOrganization: boolean
  callbacks: Map<string, Promise<{ returnTo: string }>>
  resources: Map<string, Resource<unknown>>
  crossTab: CrossTab | null
}

export const signedOut: SessionState = {
  status: 'signed-out',
  user: null,
  organizations: [],
  organization: null,
  pending: 0,
  isSwitching: false,
  error: null,
}

export function createCore(options: ClientOptions): Core {
  const { keyId, mode } = parseKey(options.apiKey)
  return {
    options,
    endpoint: (options.endpoint ?? '').replace(/\/+$/, ''),
    keyId,
    mode,
    local: openStorage('localStorage'),
    tab: openStorage('sessionStorage'),
    refreshTokens: openStorage(options.storage ?? 'memory'),
    session: createStore<SessionState>({ ...signedOut, status: 'loading' }),
    config: createStore<ConfigState>({ data: null, error: null }),
    loadingConfig: null,
    access: null,
    otherTokens: new Map(),
    appTokens: new Map(),
    generation: 0,
    refreshing: null,
    ensuring: null,
    choosesOrganization: false,
    callbacks: new Map(),
    resources: new Map(),
    crossTab: null,
  }
}

export function fetchOf(core: Core): typeof globalThis.fetch {
  // Called through globalThis, or a browser throws "Illegal invocation".
  return core.options.fetch ?? ((input, init) => globalThis.fetch(input, init))
}

/** Names of what is kept in the browser. All begin with `authstack:<key id>:`. */
export function storageKeys(core: Core) {
  const prefix = `authstack:${core.keyId}`
  return {
    hint: `${prefix}:signed-in`,
    organization: `${prefix}:org`,
    lastOrganization: `${prefix}:last-org`,
    refreshToken: `${prefix}:refresh`,
    redirect: `${prefix}:redirect`,
    channel: prefix,
    lock: `${prefix}:refresh`,
  }
}
