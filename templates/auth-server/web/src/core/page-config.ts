/** What the server wrote into the page: which instance this is, and how it looks. None of it is secret. */
export interface PageConfig {
  apiKey: string
  endpoint: string
  mode: 'live' | 'test'
  /** `''` for live pages, `/test` for test mode. */
  basePath: string
  /** The project's name, as people read it. */
  name: string
  theme: PageTheme | null
  logo: { src: string; alt: string } | null
  /**
   * The app that sent the person here. The server fills it only for an origin that is allowed; the address bar
   * alone is never believed, or a mailed link could lead anywhere.
   */
  returnTo: { url: string; name: string } | null
  /** Set when the server refused the request that led here. */
  error: { code: string } | null
}

export interface PageTheme {
  primaryColor: string
  fontFamily: string
  radius: string
  darkMode: 'system' | 'light' | 'dark'
}

/** Reads the JSON block of the page. Null when it is not there: then this is not one of the server's pages. */
export function readPageConfig(text: string | null | undefined): PageConfig | null {
  if (!text) return null
  let value: Partial<PageConfig>
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!value.apiKey || !value.endpoint) return null
  return {
    apiKey: value.apiKey,
    endpoint: value.endpoint,
    mode: value.mode === 'test' ? 'test' : 'live',
    basePath: value.basePath ?? '',
    name: value.name || 'Account',
    theme: value.theme ?? null,
    logo: value.logo ?? null,
    returnTo: value.returnTo ?? null,
    error: value.error ?? null,
  }
}
