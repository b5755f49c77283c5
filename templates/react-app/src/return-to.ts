/** The page to go to after sign-in. Only a path of this app: another site's address would be an open redirect. */
export function safeReturnTo(value: string | null | undefined): string {
  if (!value?.startsWith('/')) return '/'
  const url = new URL(value, window.location.origin)
  const isOwn = url.origin === window.location.origin
  const isSignIn = ['/login', '/signup', '/callback'].includes(url.pathname)
  return isOwn && !isSignIn ? `${url.pathname}${url.search}${url.hash}` : '/'
}
