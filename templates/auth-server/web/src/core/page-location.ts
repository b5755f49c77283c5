import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** Path of the page below the base path: `/login` for both `/login` and `/test/login`. */
export function usePagePath(basePath: string): string {
  const path = useSyncExternalStore(subscribe, () => window.location.pathname)
  const page = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path
  return page.replace(/\/+$/, '') || '/'
}

/** Goes to another of these pages without loading it anew, so the session in memory stays. */
export function goTo(url: string, options: { replace?: boolean } = {}): void {
  if (options.replace) window.history.replaceState(null, '', url)
  else window.history.pushState(null, '', url)
  window.scrollTo(0, 0)
  for (const listener of [...listeners]) listener()
}

interface ClickLike {
  button: number
  metaKey: boolean
  ctrlKey: boolean
  shiftKey: boolean
  altKey: boolean
  preventDefault: () => void
}

/** Click handler of a real link to `url`. A new tab or a download stays the browser's business. */
export const followTo = (url: string) => (event?: ClickLike) => {
  if (event) {
    const { metaKey, ctrlKey, shiftKey, altKey, button } = event
    if (metaKey || ctrlKey || shiftKey || altKey || button !== 0) return
    event.preventDefault()
  }
  goTo(url)
}

/**
 * Takes the token out of the fragment, and the fragment out of the address bar and the history in the same
 * breath: a shared screen, a synced history or a copied address must not hold a working link.
 */
export function takeToken(): string | null {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token')
  if (window.location.hash) {
    const { pathname, search } = window.location
    window.history.replaceState(window.history.state, '', `${pathname}${search}`)
  }
  return token
}
