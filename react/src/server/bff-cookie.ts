/** The value of one cookie of a `Cookie` header, or null. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null
  }
  return null
}

/**
 * `Set-Cookie` of the session. `__Host-` binds it to this very host; Strict keeps it out of requests
 * that other sites cause. `seconds` 0 removes it.
 */
export function sessionCookie(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`
}
