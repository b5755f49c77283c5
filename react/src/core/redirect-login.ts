import { adoptSignIn } from './adopt-session.ts'
import { AuthStackError } from './authstack-error.ts'
import { callAuth } from './call-auth.ts'
import { type Core, storageKeys } from './core.ts'
import { apiUrl } from './load-config.ts'
import { challengeOf, randomToken } from './pkce.ts'
import type { SessionAnswer } from './types.ts'

export interface RedirectOptions {
  screen?: 'login' | 'signup'
  organizationId?: string
  /** Path in the app to come back to. Default: where the person is now. */
  returnTo?: string
}

interface StartedRedirect {
  verifier: string
  redirectUri: string
  returnTo: string
}

/** Sends the browser to the hosted pages. The promise stays open: the page is leaving. */
export async function loginWithRedirect(core: Core, options: RedirectOptions = {}): Promise<void> {
  const url = await startRedirect(core, options)
  window.location.assign(url)
}

/** Stores verifier and state for this tab and returns the address to go to. */
export async function startRedirect(core: Core, options: RedirectOptions): Promise<string> {
  const { pathname, search, hash, origin } = window.location
  const redirectUri = core.options.redirectUri ?? `${origin}/callback`
  const verifier = randomToken()
  const state = randomToken()
  const started: StartedRedirect = {
    verifier,
    redirectUri,
    returnTo: localPath(options.returnTo ?? pathname + search + hash),
  }
  core.tab.set(`${storageKeys(core).redirect}:${state}`, JSON.stringify(started))
  const query = new URLSearchParams({
    client: core.options.apiKey,
    redirect_uri: redirectUri,
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
  })
  if (options.screen) query.set('screen', options.screen)
  if (options.organizationId) query.set('organizationId', options.organizationId)
  return `${apiUrl(core, 'auth/authorize')}?${query}`
}

/**
 * Finishes the sign-in on the redirect page, once, however often it is called for one answer
 * (React runs effects twice in development). Refuses an answer that this tab did not ask for
 * (login CSRF) or that another issuer sent (mix-up, RFC 9207).
 */
export function handleRedirectCallback(core: Core): Promise<{ returnTo: string }> {
  const query = new URLSearchParams(window.location.search)
  const state = query.get('state') ?? ''
  const running = core.callbacks.get(state)
  if (running) return running
  const finished = finish(core, query, state)
  core.callbacks.set(state, finished)
  return finished
}

async function finish(core: Core, query: URLSearchParams, state: string) {
  const key = `${storageKeys(core).redirect}:${state}`
  const stored = state ? core.tab.get(key) : null
  if (!stored) throw refused('redirect_state', 'This sign-in was not started in this tab.')
  core.tab.set(key, null)
  const started = JSON.parse(stored) as StartedRedirect
  if (!isOurIssuer(core, query.get('iss'))) {
    throw refused('redirect_issuer', 'The answer came from another sign-in server.')
  }
  const failure = query.get('error')
  if (failure) throw refused(failure, query.get('error_description') ?? 'Sign-in was not finished.')
  const answer = await callAuth<SessionAnswer>(core, 'token', {
    code: query.get('code') ?? '',
    code_verifier: started.verifier,
    redirect_uri: started.redirectUri,
  })
  adoptSignIn(core, answer)
  // The spent code leaves the address bar, the history and any Referer.
  window.history.replaceState(window.history.state, '', window.location.pathname)
  return { returnTo: started.returnTo }
}

function isOurIssuer(core: Core, issuer: string | null): boolean {
  return issuer !== null && (issuer === core.endpoint || issuer.startsWith(`${core.endpoint}/`))
}

/**
 * Keeps a path on this origin; `//evil.example`, `/\evil` and full addresses become `/`. Read as a
 * browser reads it, which drops tabs and line breaks: `/<tab>/evil.example` is `//evil.example`.
 */
export function localPath(path: string): string {
  const { origin } = window.location
  if (!path.startsWith('/') || !URL.canParse(path, origin)) return '/'
  return new URL(path, origin).origin === origin ? path : '/'
}

function refused(code: string, message: string): AuthStackError {
  return new AuthStackError(message, { code, status: 0 })
}
