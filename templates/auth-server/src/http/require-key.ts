import { isIP } from 'node:net'
import { type Eventually, whenThere } from '../access/eventually.ts'
import { Problem } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { KeyContext, PublicContext } from './context.ts'
import { requireSecretKey } from './require-secret.ts'

/**
 * Demands a publishable key, used where it may be used: a browser key from an exact origin of its
 * list, a native key from no page at all. A key alone never acts as a person.
 */
export function requireKey(context: PublicContext, issuesSession: boolean): Eventually<KeyContext> {
  const { access } = context.services
  const sent = context.header('x-authstack-key')
  if (!sent) throw new Problem('key_required', { detail: 'Send the API key as X-AuthStack-Key.' })
  return whenThere(access.key(sent), (key) => acceptKey(context, key, issuesSession))
}

function acceptKey(
  context: PublicContext,
  key: ApiKey | null,
  issuesSession: boolean,
): Eventually<KeyContext> {
  // A secret key pasted into an app would pass for a key here; it must fail loudly instead.
  if (!key || key.kind === 'secret') throw new Problem('key_invalid')
  const origin = checkOrigin(context, key)
  return whenThere(readBackend(context, key), (backend) => {
    if (issuesSession && key.sessionDelivery === 'bff' && !backend) {
      // Otherwise a page could take the refresh token that this key promises to keep out of pages.
      throw new Problem('bff_required', {
        detail: 'This key hands sessions to the backend of the app only. Call its /api/authstack.',
      })
    }
    const named = backend && context.header('x-authstack-client-ip')
    const ip = named && isIP(named) ? named : context.ip
    context.services.limits.count('key', key.id)
    // The one object that grows from guard to guard: copies would cost a request more than the checks.
    const known = context as KeyContext
    known.ip = ip
    known.mode = key.mode
    known.key = key
    known.origin = origin
    known.backend = backend
    return known
  })
}

/** All origins that may use a key: its own, those of the settings, and the hosted pages'. */
export function allowedOrigins(services: PublicContext['services'], key: ApiKey): string[] {
  return [...key.origins, ...services.settings.allowedOrigins, services.env.publicUrl]
}

function checkOrigin(context: PublicContext, key: ApiKey): string | null {
  const origin = context.header('origin')
  if (key.kind === 'native') {
    if (origin) refuseOrigin('A native key is not for browsers.')
    return null
  }
  if (origin) {
    // Exact comparison: a prefix or suffix rule would let https://app.example.com.evil.test in.
    if (!allowedOrigins(context.services, key).includes(origin)) {
      refuseOrigin('This origin is not on the list of the key.')
    }
    return origin
  }
  // A same-origin GET carries no Origin; Sec-Fetch-Site is set by the browser, never by a page.
  if (context.header('sec-fetch-site') === 'same-origin') return context.services.env.publicUrl
  return refuseOrigin('A browser key needs an Origin header.')
}

function refuseOrigin(detail: string): never {
  throw new Problem('origin_not_allowed', { detail })
}

function readBackend(context: PublicContext, key: ApiKey): Eventually<ApiKey | null> {
  const sent = context.header('x-authstack-secret')
  if (!sent) return null
  return whenThere(requireSecretKey(context, sent, 'bff'), (backend) => {
    // A test secret must not vouch for a live key, nor the other way round.
    if (backend.mode !== key.mode) throw new Problem('key_invalid')
    return backend
  })
}
