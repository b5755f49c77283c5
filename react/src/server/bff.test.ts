// @vitest-environment node
import type { AddressInfo } from 'node:net'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { bff } from './bff.ts'

const APP = 'https://app.example.com'

/** An instance that answers what it is told and remembers how it was asked. */
function open(answer: () => Response = () => session()) {
  const seen: { url: string; headers: Headers; body: unknown }[] = []
  const handler = bff({
    endpoint: 'https://auth.example.com/',
    apiKey: 'ask_live_k',
    secretKey: 'authstack_sec_live_s',
    fetch: (async (input: RequestInfo | URL, init: RequestInit = {}) => {
      const body = JSON.parse(String(init.body))
      seen.push({ url: String(input), headers: new Headers(init.headers), body })
      return answer()
    }) as typeof globalThis.fetch,
  })
  const post = (route: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    handler.fetch(
      new Request(`${APP}/api/authstack/${route}`, {
        method: 'POST',
        headers: { origin: APP, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
      '203.0.113.7',
    )
  return { handler, post, seen }
}

const session = () => Response.json({ accessToken: 'a', refreshToken: 'r-1', expiresIn: 300 })
const refused = (status: number, code: string) => Response.json({ code, status }, { status })

describe('the refresh token', () => {
  it('goes into a cookie no script can read, and out of the answer', async () => {
    const { post, seen } = open()
    const browser = { 'user-agent': 'Firefox' }
    const response = await post('login', { email: 'a@b.c', password: 'p' }, browser)
    expect(await response.json()).toEqual({ accessToken: 'a', expiresIn: 300 })
    expect(response.headers.getSetCookie()).toEqual([
      '__Host-authstack=r-1; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict',
    ])
    expect(seen[0]?.url).toBe('https://auth.example.com/api/v1/auth/login')
    expect(seen[0]?.headers.get('x-authstack-secret')).toBe('authstack_sec_live_s')
    expect(seen[0]?.headers.get('x-authstack-client-ip')).toBe('203.0.113.7')
    expect(seen[0]?.headers.get('origin')).toBe(APP)
    expect(seen[0]?.headers.get('user-agent')).toBe('Firefox')
  })

  it('is taken from the cookie alone, never from the page', async () => {
    const { post, seen } = open()
    const cookie = 'x=1; __Host-authstack=r-0; __Host-authstack2=evil'
    await post('refresh', { refreshToken: 'planted', organizationId: 'o' }, { cookie })
    expect(seen[0]?.body).toEqual({ refreshToken: 'r-0', organizationId: 'o' })
  })

  it('is not sent along to routes that do not need it', async () => {
    const { post, seen } = open(() => Response.json({ accessToken: 'b', expiresIn: 300 }))
    await post(
      'switch',
      { organizationId: 'o' },
      { cookie: '__Host-authstack=r-0', authorization: 'Bearer t' },
    )
    expect(seen[0]?.body).toEqual({ organizationId: 'o' })
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer t')
  })

  it('is kept while the instance is away, and dropped when it says so', async () => {
    const cookie = '__Host-authstack=r-0'
    const away = await open(() => {
      throw new TypeError('refused')
    }).post('refresh', {}, { cookie })
    expect(away.status).toBe(503)
    expect(away.headers.getSetCookie()).toEqual([])
    const busy = await open(() => refused(503, 'unavailable')).post('refresh', {}, { cookie })
    expect(busy.headers.getSetCookie()).toEqual([])
    const over = await open(() => refused(401, 'refresh_reused')).post('refresh', {}, { cookie })
    expect(over.headers.getSetCookie()[0]).toContain('Max-Age=0')
  })

  it('is removed at sign-out', async () => {
    const { post, seen } = open(() => new Response(null, { status: 204 }))
    const response = await post('logout', {}, { cookie: '__Host-authstack=r-0' })
    expect(response.status).toBe(204)
    expect(response.headers.getSetCookie()[0]).toContain('__Host-authstack=; Path=/; Max-Age=0')
    expect(seen[0]?.body).toEqual({ refreshToken: 'r-0' })
  })
})

describe('a request of another site', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['a look-alike origin', { origin: `${APP}.evil.example` }, 403],
    ['the same host by plain http', { origin: 'http://app.example.com' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('is refused: %s', async (_name, headers, status) => {
    const { post, seen } = open()
    expect((await post('refresh', {}, { cookie: '__Host-authstack=r-0', ...headers })).status).toBe(
      status,
    )
    expect(seen).toEqual([])
  })

  it('cannot reach any other route of the instance', async () => {
    const { post, seen } = open()
    for (const route of ['introspect', 'password-reset', 'login/../../operator']) {
      expect((await post(route)).status).toBe(404)
    }
    expect(seen).toEqual([])
  })
})

it.each([true, false])('works in Express, with a body parser before it: %s', async (isParsed) => {
  const { handler, seen } = open()
  const app = express()
  if (isParsed) app.use(express.json())
  app.use('/api/authstack', handler)
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const response = await fetch(`${base}/api/authstack/login`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'a@b.c', password: 'p' }),
  })
  expect(response.status).toBe(200)
  expect(response.headers.getSetCookie()[0]).toContain('__Host-authstack=r-1')
  expect(seen[0]?.body).toEqual({ email: 'a@b.c', password: 'p' })
  server.close()
})
