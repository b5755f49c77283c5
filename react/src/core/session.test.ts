import { afterEach, describe, expect, it, vi } from 'vitest'
import { ACME, API_KEY, ada, ENDPOINT, GLOBEX } from '../../test/stand-in/data.ts'
import { Refusal } from '../../test/stand-in/refusal.ts'
import { createStandIn, type StandIn } from '../../test/stand-in/stand-in.ts'
import { type AuthStackClient, createClient } from './client.ts'
import type { ClientOptions } from './core.ts'

const HINT = 'authstack:abcd1234:signed-in'
const running: (() => void)[] = []

afterEach(() => {
  for (const stop of running.splice(0)) stop()
})

function open(standIn: StandIn, options: Partial<ClientOptions> = {}): AuthStackClient {
  const client = createClient({ apiKey: API_KEY, endpoint: ENDPOINT, ...standIn, ...options })
  running.push(client.start())
  return client
}

/** As after a reload: the cookie and the hint are there, the page's memory is not. */
function returning(standIn = createStandIn()): StandIn {
  standIn.world.refreshToken = 'refresh-0'
  standIn.world.sessionUserId = ada.id
  window.localStorage.setItem(HINT, 'cookie')
  return standIn
}

const status = (client: AuthStackClient) => client.session.getSnapshot().status
const settled = (client: AuthStackClient, wanted: string) =>
  vi.waitFor(() => expect(status(client)).toBe(wanted))

describe('starting', () => {
  it('makes no refresh call for somebody who never signed in here', async () => {
    const standIn = createStandIn()
    const client = open(standIn)
    await settled(client, 'signed-out')
    await vi.waitFor(() => expect(standIn.calls).toEqual(['GET config']))
  })

  it('takes the session up again after a reload', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    expect(client.session.getSnapshot().user?.email).toBe(ada.email)
  })

  it('stays undecided and keeps trying while the instance is out of reach', async () => {
    const standIn = returning()
    standIn.failNext(/refresh/, 'network')
    const client = open(standIn)
    await vi.waitFor(() => expect(client.session.getSnapshot().error?.code).toBe('network_error'))
    expect(status(client)).toBe('loading')
    expect(window.localStorage.getItem(HINT)).not.toBeNull()
    await vi.waitFor(() => expect(status(client)).toBe('signed-in'), { timeout: 4000 })
  })
})

describe('refreshing', () => {
  it('sends one call however many ask at once', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    const before = standIn.count('POST auth/refresh')
    await Promise.all([client.refresh(), client.refresh(), client.refresh()])
    expect(standIn.count('POST auth/refresh')).toBe(before + 1)
  })

  it.each(['network', new Refusal(503, 'unavailable'), new Refusal(429, 'rate_limited')] as const)(
    'keeps the session through a failure that says nothing about it (%s)',
    async (failure) => {
      const standIn = returning()
      const client = open(standIn)
      await settled(client, 'signed-in')
      standIn.failNext(/refresh/, failure)
      await expect(client.refresh()).rejects.toThrow()
      expect(status(client)).toBe('signed-in')
      expect(await client.accessToken()).toMatch(/^token-/)
    },
  )

  it.each(['refresh_reused', 'refresh_invalid', 'session_revoked'])(
    'signs out on %s and says why',
    async (code) => {
      const standIn = returning()
      const client = open(standIn)
      await settled(client, 'signed-in')
      standIn.failNext(/refresh/, new Refusal(401, code))
      await expect(client.refresh()).rejects.toMatchObject({ code })
      expect(client.session.getSnapshot()).toMatchObject({ status: 'signed-out', user: null })
      expect(client.session.getSnapshot().error?.code).toBe(code)
      expect(window.localStorage.getItem(HINT)).toBeNull()
    },
  )

  it('does not bring back a session that was ended while the answer was on its way', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    const refreshing = client.refresh().catch(() => {})
    await client.logout()
    await refreshing
    expect(status(client)).toBe('signed-out')
  })

  it('renews ahead of expiry by itself', async () => {
    const standIn = returning()
    standIn.world.expiresIn = 1
    const client = open(standIn)
    await settled(client, 'signed-in')
    await vi.waitFor(() => expect(standIn.count('POST auth/refresh')).toBeGreaterThan(1), {
      timeout: 3000,
    })
  })
})

describe('the organization of a tab', () => {
  it('is asked for again after a reload, from the tab’s own storage', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    await client.switchOrganization(GLOBEX)
    expect(window.sessionStorage.getItem('authstack:abcd1234:org')).toBe(GLOBEX)
    const reloaded = open(standIn)
    await settled(reloaded, 'signed-in')
    expect(reloaded.session.getSnapshot().organization?.id).toBe(GLOBEX)
  })

  it('falls back to none when the person no longer belongs to it', async () => {
    const standIn = returning()
    window.sessionStorage.setItem('authstack:abcd1234:org', 'gone')
    const client = open(standIn)
    await settled(client, 'signed-in')
    expect(client.session.getSnapshot().organization).toBeNull()
  })

  it('lets a switch win over a refresh that was asked for the old one', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    await client.switchOrganization(ACME)
    const refreshing = client.refresh()
    await client.switchOrganization(GLOBEX)
    await refreshing
    expect(client.session.getSnapshot().organization?.id).toBe(GLOBEX)
    expect(await client.accessToken()).toContain(GLOBEX)
  })

  it('is the last used one in a new tab, else the first', async () => {
    const standIn = returning()
    window.localStorage.setItem('authstack:abcd1234:last-org', GLOBEX)
    const client = open(standIn)
    await settled(client, 'signed-in')
    await client.ensureOrganization()
    expect(client.session.getSnapshot().organization?.id).toBe(GLOBEX)
  })
})

describe('delivery', () => {
  it('keeps a refresh token only where the provider says, and sends it in the body', async () => {
    const standIn = createStandIn()
    standIn.world.config.sessionDelivery = 'body'
    const client = open(standIn, { storage: 'sessionStorage' })
    await client.login(ada.email, 'correct horse battery')
    expect(window.sessionStorage.getItem('authstack:abcd1234:refresh')).toBe('refresh-1')
    await client.refresh()
    expect(window.sessionStorage.getItem('authstack:abcd1234:refresh')).toBe('refresh-3')
    expect(JSON.stringify(window.localStorage)).not.toContain('refresh-')
  })

  it('goes through the app’s own backend when the key demands it', async () => {
    const standIn = createStandIn()
    standIn.world.config.sessionDelivery = 'bff'
    const client = open(standIn)
    await client.login(ada.email, 'correct horse battery')
    expect(standIn.calls).toContain('POST bff:auth/login')
  })
})

describe('tokens for the app’s backend', () => {
  it('are held until they are about to end, one for each organization', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    await client.switchOrganization(ACME)
    const first = await client.getToken()
    expect(await client.getToken()).toBe(first)
    expect(await client.getToken(GLOBEX)).toContain(GLOBEX)
    expect(standIn.count('POST auth/app-token')).toBe(2)
  })
})

describe('a token that the instance no longer takes', () => {
  it('is renewed once, unnoticed', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    standIn.failNext(/GET organizations/, new Refusal(401, 'token_invalid'))
    await expect(client.request('organizations')).resolves.toBeTruthy()
    standIn.failNext(/switch/, new Refusal(401, 'token_invalid'))
    await expect(client.switchOrganization(ACME)).resolves.toBeTruthy()
    expect(status(client)).toBe('signed-in')
  })

  it('ends the session when it was revoked, wherever that is noticed', async () => {
    const standIn = returning()
    const client = open(standIn)
    await settled(client, 'signed-in')
    standIn.failNext(/switch/, new Refusal(401, 'session_revoked'))
    await expect(client.switchOrganization(ACME)).rejects.toThrow()
    expect(status(client)).toBe('signed-out')
    const calls = standIn.calls.length
    await expect(client.getToken()).rejects.toMatchObject({ code: 'token_required' })
    expect(standIn.calls).toHaveLength(calls)
  })
})

it('shows no other organization on a page about one the person is not in', async () => {
  const standIn = returning()
  const client = open(standIn)
  await settled(client, 'signed-in')
  await client.ensureOrganization('globex')
  expect(client.session.getSnapshot().organization?.id).toBe(GLOBEX)
  await client.ensureOrganization('somebody-elses')
  expect(client.session.getSnapshot().organization).toBeNull()
})
