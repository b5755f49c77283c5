import { createContext, useContext } from 'react'
import type { PageConfig } from './page-config.ts'

export interface PageContext {
  config: PageConfig
  /** The token of a mailed link, until it is spent. It lives here and in no address. */
  linkToken: string | null
  /** The authorization request that a person came with, from `?request=`. */
  requestId: string | null
}

const Context = createContext<PageContext | null>(null)
export const PageContextProvider = Context.Provider

export function usePage(): PageContext {
  const page = useContext(Context)
  if (!page) throw new Error('usePage outside of PageContextProvider')
  return page
}

/** Address of another of these pages; carries an authorization request along. */
export function usePageUrl(): (path: string) => string {
  const { config, requestId } = usePage()
  return (path) => {
    const url = `${config.basePath}${path}`
    if (!requestId) return url
    return `${url}${url.includes('?') ? '&' : '?'}request=${encodeURIComponent(requestId)}`
  }
}
