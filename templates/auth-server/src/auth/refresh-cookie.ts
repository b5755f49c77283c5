import { Problem } from '../errors.ts'
import type { KeyContext } from '../http/context.ts'

/** Where a key's refresh token lives: `__Host-` binds the cookie to this host, TLS and the path `/`. */
export function refreshCookieName(context: KeyContext): string {
  return `__Host-as_${context.services.env.project}_${context.mode}_${context.key.id}`
}

/** Hands the refresh token over by the key's way; gives what may be in the body, if anything. */
export function deliverRefreshToken(
  context: KeyContext,
  token: string,
  expiresAt: Date,
): string | undefined {
  if (context.key.sessionDelivery !== 'cookie') return token
  const seconds = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000))
  context.reply.setCookie(cookie(context, token, seconds))
  return undefined
}

/** The refresh token that came in, by the key's way. A cookie key takes none from a body: it never gave one. */
export function receiveRefreshToken(context: KeyContext, fromBody: string | undefined): string {
  const token =
    context.key.sessionDelivery === 'cookie' ? context.cookie(refreshCookieName(context)) : fromBody
  if (!token) throw new Problem('refresh_invalid', { detail: 'There is no session to go on with.' })
  return token
}

export function clearRefreshCookie(context: KeyContext): void {
  if (context.key.sessionDelivery === 'cookie') context.reply.setCookie(cookie(context, '', 0))
}

function cookie(context: KeyContext, value: string, seconds: number): string {
  return `${refreshCookieName(context)}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=Strict`
}
