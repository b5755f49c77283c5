/** The page to go to after sign-in. Only a path of this app: another site's address would be an open redirect. */
export function safeReturnTo(
  value: string | null | undefined,
  origin = window.location.origin,
): string {
  if (!value?.startsWith('/')) return '/'
  const url = new URL(value, origin)
  const isOwn = url.origin === origin
  const isSignIn = ['/login', '/signup', '/callback'].includes(url.pathname)
  return isOwn && !isSignIn ? `${url.pathname}${url.search}${url.hash}` : '/'
}
