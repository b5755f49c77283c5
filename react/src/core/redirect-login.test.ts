import { afterEach, describe, expect, it } from 'vitest'
import { API_KEY, ada, ENDPOINT } from '../../test/stand-in/data.ts'
import { createStandIn } from '../../test/stand-in/stand-in.ts'
import { createClient } from './client.ts'
import { createCore } from './core.ts'
import { localPath, startRedirect } from './redirect-login.ts'

afterEach(() => window.history.replaceState(null, '', '/'))

const options = { apiKey: API_KEY, endpoint: ENDPOINT }

/** Starts a redirect and comes back as the hosted pages send the browser. */
async function comeBack(change: Record<string, string> = {}) {
  const url = new URL(await startRedirect(createCore(options), { returnTo: '/team?tab=2' }))
  const answer = { code: 'good-code', state: url.searchParams.get('state') ?? '', iss: ENDPOINT }
  const query = new URLSearchParams({ ...answer, ...change })
  window.history.replaceState(null, '', `/callback?${query}`)
  const standIn = createStandIn()
  return { standIn, url, client: createClient({ ...options, ...standIn }) }
}

describe('a sign-in by the hosted pages', () => {
  it('asks with the key, a state and an S256 challenge, and keeps the verifier here', async () => {
    const { url } = await comeBack()
    expect(url.origin + url.pathname).toBe(`${ENDPOINT}/api/v1/auth/authorize`)
    expect(url.searchParams.get('client')).toBe(API_KEY)
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    expect(url.searchParams.get('redirect_uri')).toBe('http://localhost:4300/callback')
    const kept = JSON.stringify(window.sessionStorage)
    const { verifier } = JSON.parse(Object.values(JSON.parse(kept))[0] as string)
    expect(url.href).not.toContain(verifier)
  })

  it('signs in once, however often it is called, and clears the address', async () => {
    const { client, standIn } = await comeBack()
    const both = [client.handleRedirectCallback(), client.handleRedirectCallback()]
    expect(await Promise.all(both)).toEqual([
      { returnTo: '/team?tab=2' },
      { returnTo: '/team?tab=2' },
    ])
    expect(client.session.getSnapshot().user?.id).toBe(ada.id)
    expect(standIn.count('POST auth/token')).toBe(1)
    expect(window.location.search).toBe('')
  })

  it.each([
    ['a state this tab did not send (login CSRF)', { state: 'planted' }, 'redirect_state'],
    ['no state', { state: '' }, 'redirect_state'],
    ['another issuer (mix-up)', { iss: 'https://evil.example' }, 'redirect_issuer'],
    [
      'an issuer that only begins like ours',
      { iss: `${ENDPOINT}.evil.example` },
      'redirect_issuer',
    ],
    ['no issuer', { iss: '' }, 'redirect_issuer'],
    ['a refusal', { error: 'access_denied' }, 'access_denied'],
  ])('refuses %s and sends no code anywhere', async (_name, change, code) => {
    const { client, standIn } = await comeBack(change)
    await expect(client.handleRedirectCallback()).rejects.toMatchObject({ code })
    expect(standIn.count('POST auth/token')).toBe(0)
  })
})

it.each([
  ['/team', '/team'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/evil.example', '/'],
  ['/\n\\evil.example', '/'],
])('comes back to a path of this app only: %s → %s', (given, path) => {
  expect(localPath(given)).toBe(path)
})
