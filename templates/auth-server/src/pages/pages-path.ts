import type { Mode } from '../db/mode.ts'

/** Where the hosted pages of a mode begin, after the public URL. */
export const pagesBasePath = (mode: Mode): string => (mode === 'test' ? '/test' : '')

/** Name of the key that the hosted pages use; reserved, because it may complete sign-ins. */
export const PAGES_KEY_NAME = 'pages'

/** Every hosted page; each has a twin under `/test`. */
export const PAGE_PATHS = [
  '/login',
  '/signup',
  '/forgot-password',
  '/reset-password',
  '/verify-email',
  '/accept-invitation',
  '/account',
  '/organization',
] as const
