import { type Eventually, whenThere } from '../access/eventually.ts'
import { Problem } from '../errors.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { PublicContext, SecretContext } from './context.ts'

/** Demands a secret key with the scope, from a server. */
export function requireSecret(context: PublicContext, scope: string): Eventually<SecretContext> {
  const sent = context.header('x-authstack-secret') ?? context.header('x-authstack-key')
  if (!sent)
    throw new Problem('key_required', { detail: 'Send a secret key as X-AuthStack-Secret.' })
  // Only pages send Origin here: a secret key in a page is lost, so it must not work there at all.
  if (context.header('origin')) refusePage()
  return whenThere(requireSecretKey(context, sent, scope), (key) => {
    context.services.limits.count('key', key.id)
    return { ...context, mode: key.mode, key }
  })
}

/** The secret key that was sent, when it is usable, has the scope and does not come from a page. */
export function requireSecretKey(
  context: PublicContext,
  sent: string,
  scope: string,
): Eventually<ApiKey> {
  // Browsers set Sec-Fetch-Site on every request and pages cannot remove it. (Sec-Fetch-Mode says
  // nothing: Node's own fetch sends it too.)
  if (context.header('sec-fetch-site')) refusePage()
  return whenThere(context.services.access.key(sent), (key) => {
    if (key?.kind !== 'secret') throw new Problem('key_invalid')
    if (!key.scopes.includes(scope)) {
      throw new Problem('scope_required', { detail: `The key lacks the scope "${scope}".` })
    }
    return key
  })
}

function refusePage(): never {
  throw new Problem('origin_not_allowed', { detail: 'A secret key is for servers, not for pages.' })
}
