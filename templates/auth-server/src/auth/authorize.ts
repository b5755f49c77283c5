import { z } from 'zod'
import type { PublicContext } from '../http/context.ts'
import { defineAction, type RawAnswer } from '../http/define-action.ts'
import type { ApiKey } from '../keys/api-key.ts'
import { findKey } from '../keys/find-key.ts'
import { pagesBasePath } from '../pages/pages-path.ts'
import { renderPage } from '../pages/render-page.ts'
import type { Services } from '../services.ts'

const REQUEST_LIFE = '30 minutes'
/** RFC 7636: 43 base64url characters of a SHA-256. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

const parameters = z.object({
  state: z.string().min(1).max(1024),
  code_challenge: z.string().regex(CHALLENGE),
  code_challenge_method: z.literal('S256'),
  organizationId: z.uuid().optional(),
  screen: z.enum(['login', 'signup']).optional(),
})

export const authorize = defineAction<PublicContext>()({
  id: 'authorize',
  summary: 'Begin a sign-in on the hosted pages (a navigation, not a fetch)',
  query: z.record(z.string(), z.unknown()),
  status: 302,
  output: 'raw',
  async run({ services, ip }, { query }) {
    await services.limits.spend('guess', ip)
    const key = typeof query.client === 'string' ? await findKey(services.db, query.client) : null
    const redirectUri = query.redirect_uri
    // Until both are known to belong together, nothing is redirected: an open redirector would lend
    // this host's name to anybody, and send the answer to them.
    if (!key || key.kind === 'secret' || typeof redirectUri !== 'string') return refusal(services)
    if (!isRegistered(services, key, redirectUri)) return refusal(services)
    const parsed = parameters.safeParse(query)
    if (!parsed.success) {
      const state = typeof query.state === 'string' ? query.state.slice(0, 1024) : undefined
      return redirectTo(withParameters(redirectUri, { error: 'invalid_request', state }))
    }
    const wanted = parsed.data
    const [row] = (await services.db
      .hubQuery(key.mode)('authorization_requests')
      .insert({
        key_id: key.id,
        redirect_uri: redirectUri,
        state: wanted.state,
        code_challenge: wanted.code_challenge,
        screen: wanted.screen ?? 'login',
        organization_id: wanted.organizationId ?? null,
        expires_at: services.db.hubQuery(key.mode).raw(`now() + interval '${REQUEST_LIFE}'`),
      })
      .returning('id')) as { id: string }[]
    const page = `${services.env.publicUrl}${pagesBasePath(key.mode)}/login`
    return redirectTo(withParameters(page, { request: row?.id }))
  },
})

/** Exact, as RFC 9700 asks: no prefix, no pattern, no other port. */
function isRegistered({ settings }: Services, key: ApiKey, redirectUri: string): boolean {
  return [...key.redirectUris, ...settings.redirectUris].includes(redirectUri)
}

/** Adds query parameters; leaves out those that are undefined. */
export function withParameters(
  uri: string,
  parameters: Record<string, string | undefined>,
): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}

function redirectTo(location: string): RawAnswer {
  return { status: 302, headers: { Location: location, 'Cache-Control': 'no-store' }, body: '' }
}

/** A page, never a redirect: nobody knows yet whether the address belongs to the app. */
const refusal = (services: Services) =>
  renderPage(services, 'live', { status: 400, error: { code: 'invalid_request' } })
