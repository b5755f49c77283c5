import type { Output } from '../output/output.ts'
import type { ApiKey } from './keys.ts'

/** A key just made: the key itself alone on stdout, so that a pipe can take it. */
export function showNewKey(output: Output, key: ApiKey): void {
  const { talkStyle: style } = output
  output.talk(
    `${style.accent(style.marks.done)} ${key.kind} key ${style.bold(key.name)} (${key.id}, ${key.mode})`,
  )
  if (key.key) output.data(key.key)
  if (key.kind === 'secret') {
    output.warn('This is shown once. Keep it on the server side; it is not stored in plain text.')
  }
  if (key.kind === 'browser' && key.origins.length === 0) {
    output.warn('It has no origin yet, so no browser may use it: authstack connect <app-dir>.')
  }
}

export function keyState(key: ApiKey, now = Date.now()): string {
  if (key.revokedAt) return 'revoked'
  if (key.expiresAt) return Date.parse(key.expiresAt) <= now ? 'expired' : 'expiring'
  return 'active'
}
