// @vitest-environment node
import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../create-client.ts'
import type { CallRequest } from './caller.ts'
import { openCaller } from './open-caller.ts'

const secretKey = 'authstack_sec_test_abcdefgh_SECRETSECRET_123456'

type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | Error

/** A caller whose instance gives these answers, one after the other. */
function callerFor(answers: Answer[], more: { retriesMax?: number } = {}) {
  const sent: { url: string; init: RequestInit }[] = []
  const fetch = vi.fn(async (url: string, init: RequestInit) => {
    sent.push({ url, init })
    const answer = answers[Math.min(sent.length, answers.length) - 1]
    if (answer instanceof Error) throw answer
    const { status = 200, body, headers = {} } = answer ?? {}
    return new Response(status === 204 ? null : JSON.stringify(body ?? {}), { status, headers })
  })
  const caller = openCaller({
    endpoint: 'https://auth.example.com',
    secretKey,
    fetch: fetch as unknown as typeof globalThis.fetch,
    timeoutSeconds: 5,
    retriesMax: more.retriesMax ?? 2,
  })
  const headers = (at = 0) => sent[at]?.init.headers as Record<string, string>
  return { caller, sent, headers }
}

const get: CallRequest = { method: 'GET', path: '/api/v1/backend/x' }
const create: CallRequest = { ...get, method: 'POST', body: { name: 'A' }, isIdempotent: true }
const verb: CallRequest = { ...get, method: 'POST' }
const busy = {
  status: 429,
  body: { code: 'rate_limited', title: 'x' },
  headers: { 'retry-after': '0' },
}
const down = { status: 503, body: { code: 'unavailable', title: 'x' } }

describe('one call', () => {
  test('carries the secret in its header, follows no redirect, and leaves out what is not given', async () => {
    const { caller, sent, headers } = callerFor([{ body: { id: '1' } }])
    const query = { limit: 5, after: undefined, search: 'a&b' }
    expect(await caller.one({ ...get, query }, {})).toEqual({ id: '1' })
    expect(sent[0]?.url).toBe('https://auth.example.com/api/v1/backend/x?limit=5&search=a%26b')
    expect(headers()['x-authstack-secret']).toBe(secretKey)
    expect(sent[0]?.init.redirect).toBe('error')
  })

  test('a refusal is an AuthStackError with the code of the instance', async () => {
    const problem = {
      code: 'limit_reached',
      title: 'x',
      detail: 'At most 10.',
      requestId: 'r-1',
      errors: [{ pointer: '/name', message: 'm', code: 'c' }],
    }
    const { caller, sent } = callerFor([{ status: 409, body: problem }])
    await expect(caller.one(create, {})).rejects.toMatchObject({
      name: 'AuthStackError',
      code: 'limit_reached',
      status: 409,
      requestId: 'r-1',
      errors: problem.errors,
    })
    expect(sent).toHaveLength(1)
  })

  test('no error holds the secret key, however it is printed', async () => {
    const failed = new TypeError('fetch failed')
    for (const answers of [[failed], [{ status: 401, body: { code: 'key_invalid' } }]]) {
      const { caller } = callerFor(answers, { retriesMax: 0 })
      const error = await caller.one(get, {}).catch((caught) => caught)
      const words = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
      expect(words).not.toContain('SECRETSECRET')
    }
    const client = createClient({ endpoint: 'https://auth.example.com', secretKey })
    expect(inspect(client, { depth: 10, showHidden: true })).not.toContain('SECRETSECRET')
  })
})

describe('repeats', () => {
  test('a create is repeated under one Idempotency-Key, another create has another', async () => {
    const { caller, sent, headers } = callerFor([
      new TypeError('reset'),
      down,
      { body: { id: '1' } },
    ])
    await caller.one(create, {})
    expect(sent).toHaveLength(3)
    const keys = sent.map((_one, at) => headers(at)['idempotency-key'])
    expect(new Set(keys).size).toBe(1)
    const other = callerFor([{}])
    await other.caller.one(create, {})
    expect(other.headers()['idempotency-key']).not.toBe(keys[0])
    await other.caller.one(create, { idempotencyKey: 'mine' })
    expect(other.headers(1)['idempotency-key']).toBe('mine')
  })

  test('what may have been done and has no key is not repeated; what was refused unseen is', async () => {
    const perhapsDone = callerFor([down, {}])
    await expect(perhapsDone.caller.one(verb, {})).rejects.toMatchObject({ code: 'unavailable' })
    expect(perhapsDone.sent).toHaveLength(1)
    const refused = callerFor([busy, {}])
    await refused.caller.one(verb, {})
    expect(refused.sent).toHaveLength(2)
  })

  test('it waits as long as Retry-After says, and gives up after the last attempt', async () => {
    vi.useFakeTimers()
    try {
      const { caller, sent } = callerFor([{ ...busy, headers: { 'retry-after': '7' } }])
      const outcome = caller.one(get, {}).catch((error) => error)
      await vi.advanceTimersByTimeAsync(6_900)
      expect(sent).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(200)
      expect(sent).toHaveLength(2)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(await outcome).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 7 })
      expect(sent).toHaveLength(3)
    } finally {
      vi.useRealTimers()
    }
  })

  test('an aborted call is not repeated', async () => {
    const stop = new AbortController()
    const { caller, sent } = callerFor([down])
    const outcome = caller.one(get, { signal: stop.signal }).catch((error) => error)
    setTimeout(() => stop.abort(), 20)
    expect(await outcome).toMatchObject({ name: 'AuthStackError', code: 'network_error' })
    expect(sent).toHaveLength(1)
  })
})

describe('lists', () => {
  const page = (data: number[], nextCursor: string | null) => ({
    body: { data, page: { nextCursor, hasMore: nextCursor !== null } },
  })

  test('iterated, a list is every item of every page, and asks no further than it is read', async () => {
    const { caller, sent } = callerFor([page([1, 2], 'c1'), page([3], null)])
    const all: number[] = []
    for await (const item of caller.list<number>({ ...get, query: { limit: 2 } }, {}))
      all.push(item)
    expect(all).toEqual([1, 2, 3])
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?limit=2', '?limit=2&after=c1'])
    const some = callerFor([page([1, 2], 'c1'), page([3], null)])
    for await (const _item of some.caller.list<number>(get, {})) break
    expect(some.sent).toHaveLength(1)
  })

  test('awaited, it is its first page', async () => {
    const { caller } = callerFor([page([1, 2], 'c1')])
    const first = await caller.list<number>(get, {})
    expect(first.data).toEqual([1, 2])
    expect(first.page.nextCursor).toBe('c1')
  })

  test('a cursor that does not move ends the list instead of going round for ever', async () => {
    const { caller, sent } = callerFor([page([1], 'same')])
    const all: number[] = []
    for await (const item of caller.list<number>(get, {})) all.push(item)
    expect(sent).toHaveLength(2)
    expect(all).toEqual([1, 1])
  })
})

test('a client refuses a key that is not secret and an address that others can listen to', () => {
  const endpoint = 'https://auth.example.com'
  expect(() => createClient({ endpoint, secretKey: 'ask_live_x' })).toThrow(TypeError)
  expect(() => createClient({ endpoint, secretKey: undefined as never })).toThrow(TypeError)
  expect(() => createClient({ endpoint: 'http://auth.example.com', secretKey })).toThrow('https')
  expect(() => createClient({ endpoint: 'http://localhost:4100', secretKey })).not.toThrow()
})
