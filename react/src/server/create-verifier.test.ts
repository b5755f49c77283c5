// @vitest-environment node
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createVerifier, type VerifierOptions } from './create-verifier.ts'
import { createKeyCache } from './key-cache.ts'

const ENDPOINT = 'https://auth.example.com'
const ORG = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'

type Keys = Awaited<ReturnType<typeof generateKeyPair>>
let acme: Keys
let other: Keys

beforeAll(async () => {
  acme = await generateKeyPair('ES256', { extractable: true })
  other = await generateKeyPair('ES256', { extractable: true })
})

async function jwks(keys: Keys, kid: string) {
  return { keys: [{ ...(await exportJWK(keys.publicKey)), kid, use: 'sig', alg: 'ES256' }] }
}

/** Serves the keys of two organizations, and counts what is fetched. */
function instance(overrides: Record<string, () => Promise<Response>> = {}) {
  const fetched: string[] = []
  const fetch = async (input: RequestInfo | URL) => {
    const url = String(input)
    fetched.push(url)
    if (overrides[url]) return overrides[url]()
    if (url === `${ENDPOINT}/api/v1/issuers/${ORG}/jwks.json`) {
      return Response.json(await jwks(acme, 'k1'))
    }
    if (url === `${ENDPOINT}/api/v1/issuers/${OTHER}/jwks.json`) {
      return Response.json(await jwks(other, 'k2'))
    }
    return new Response('{}', { status: 404 })
  }
  return { fetched, fetch: fetch as typeof globalThis.fetch }
}

function open(options: Partial<VerifierOptions> = {}) {
  const { fetch, fetched } = instance()
  const verifier = createVerifier({
    endpoint: ENDPOINT,
    mode: 'live',
    audience: 'app:acme',
    fetch,
    ...options,
  })
  return { verifier, fetched }
}

const claims = {
  iss: `${ENDPOINT}/realms/live-org-${ORG}`,
  aud: 'app:acme',
  sub: 'u-1',
  org_id: ORG,
  org_slug: 'acme',
  roles: ['admin'],
  permissions: ['projects:view'],
  mode: 'live',
  as_sid: 's-1',
}

interface Forged {
  change?: JWTPayload
  header?: Record<string, unknown>
  keys?: Keys
  expiresIn?: string | number
}

function sign({ change = {}, header = {}, keys = acme, expiresIn = '300s' }: Forged = {}) {
  return new SignJWT({ ...claims, ...change })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header })
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(keys.privateKey)
}

const now = () => Math.floor(Date.now() / 1000)
const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('a good token', () => {
  it('says who, where, and what they may', async () => {
    const { verifier } = open()
    expect(await verifier.verify(await sign())).toMatchObject({
      userId: 'u-1',
      organizationId: ORG,
      organizationSlug: 'acme',
      roles: ['admin'],
      permissions: ['projects:view'],
      sessionId: 's-1',
    })
  })

  it('costs one fetch of keys, however many come', async () => {
    const { verifier, fetched } = open()
    const token = await sign()
    await Promise.all([verifier.verify(token), verifier.verify(token)])
    await verifier.verify(token)
    expect(fetched).toEqual([`${ENDPOINT}/api/v1/issuers/${ORG}/jwks.json`])
  })

  it('is taken up to 10 s after it ended, for clocks differ', async () => {
    const { verifier } = open()
    await expect(verifier.verify(await sign({ expiresIn: now() - 5 }))).resolves.toBeTruthy()
  })
})

describe('a token that is refused', () => {
  const attacks: [string, () => Promise<string>][] = [
    [
      'from another server',
      () => sign({ change: { iss: `https://evil.example/realms/live-org-${ORG}` } }),
    ],
    [
      'whose issuer only begins like ours',
      () => sign({ change: { iss: `${ENDPOINT}.evil.example/realms/live-org-${ORG}` } }),
    ],
    [
      'whose issuer climbs out of the path',
      () => sign({ change: { iss: `${ENDPOINT}/realms/live-org-${ORG}/../x` } }),
    ],
    [
      'of the hub, without an organization',
      () => sign({ change: { iss: `${ENDPOINT}/realms/live-accounts` } }),
    ],
    [
      'of test mode',
      () => sign({ change: { iss: `${ENDPOINT}/realms/test-org-${ORG}`, mode: 'test' } }),
    ],
    ['of a live realm that claims test mode', () => sign({ change: { mode: 'test' } })],
    ['for the instance’s own API', () => sign({ change: { aud: 'authstack-api' } })],
    ['for another app', () => sign({ change: { aud: 'app:other' } })],
    ['that claims another organization than its realm', () => sign({ change: { org_id: OTHER } })],
    [
      'of another organization, signed by its own key',
      () => sign({ keys: other, header: { kid: 'k2' } }),
    ],
    ['signed by another key under our key id', () => sign({ keys: other })],
    [
      'of an organization that does not exist',
      () => sign({ change: { iss: claims.iss.replace(/1/g, '9') } }),
    ],
    [
      'that brings its own key',
      async () => sign({ keys: other, header: { jwk: await exportJWK(other.publicKey) } }),
    ],
    [
      'that says where its keys are',
      () => sign({ keys: other, header: { jku: 'https://evil.example/jwks', kid: 'evil' } }),
    ],
    ['with a path for a key id', () => sign({ header: { kid: '../../etc/passwd' } })],
    ['without a key id', () => sign({ header: { kid: undefined } })],
    [
      'without a signature (alg none)',
      async () => `${raw({ alg: 'none', kid: 'k1' })}.${raw({ ...claims, exp: now() + 300 })}.`,
    ],
    [
      'signed with our public key as a shared secret (HS256)',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(acme.publicKey)))
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
          .setExpirationTime('5m')
          .sign(secret)
      },
    ],
    [
      'with a changed payload',
      async () => {
        const [head, , signature] = (await sign()).split('.')
        return `${head}.${raw({ ...claims, exp: now() + 300, permissions: ['everything'] })}.${signature}`
      },
    ],
    ['that is no JWT', async () => 'nonsense'],
  ]

  it.each(attacks)('%s', async (_name, forge) => {
    const { verifier, fetched } = open()
    const token = await forge()
    await expect(verifier.verify(token)).rejects.toMatchObject({
      code: 'token_invalid',
      status: 401,
    })
    expect(fetched.every((url) => url.startsWith(`${ENDPOINT}/api/v1/issuers/`))).toBe(true)
  })

  it('has ended', async () => {
    const { verifier } = open()
    const token = await sign({ expiresIn: now() - 11 })
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'token_expired' })
  })
})

describe('keys', () => {
  it('of unknown organizations are asked for once a minute, and five a second', async () => {
    const { verifier, fetched } = open()
    const unknown = (digit: number) =>
      sign({ change: { iss: claims.iss.replace(/1/g, String(digit)) } })
    for (const digit of [3, 4, 5, 6, 7]) {
      await expect(verifier.verify(await unknown(digit))).rejects.toThrow()
    }
    await expect(verifier.verify(await unknown(3))).rejects.toMatchObject({ status: 401 })
    expect(fetched).toHaveLength(5)
    await expect(verifier.verify(await unknown(8))).rejects.toMatchObject({ status: 503 })
    expect(fetched).toHaveLength(5)
  })

  it('of an organization in use are renewed while somebody floods us with made-up ones', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
    try {
      const { verifier } = open()
      await verifier.verify(await sign())
      vi.setSystemTime(Date.now() + 11 * 60_000)
      for (const digit of [3, 4, 5, 6, 7, 8]) {
        const madeUp = await sign({ change: { iss: claims.iss.replace(/1/g, String(digit)) } })
        await expect(verifier.verify(madeUp)).rejects.toThrow()
      }
      await expect(verifier.verify(await sign())).resolves.toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })

  it('of an organization in use are not pushed out by made-up ones', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
    try {
      const { fetch, fetched } = instance()
      const cache = createKeyCache({ endpoint: ENDPOINT, fetch })
      await cache.find(ORG, 'k1')
      for (let n = 0; n < 1100; n++) {
        vi.setSystemTime(Date.now() + 250)
        await expect(cache.find(`made-up-${n}`, 'k1')).rejects.toThrow()
      }
      const before = fetched.length
      await cache.find(ORG, 'k1')
      expect(fetched).toHaveLength(before)
    } finally {
      vi.useRealTimers()
    }
  })

  it('that cannot be read are our trouble (503), not the caller’s (401)', async () => {
    const url = `${ENDPOINT}/api/v1/issuers/${ORG}/jwks.json`
    const { fetch } = instance({ [url]: () => Promise.reject(new TypeError('refused')) })
    const { verifier } = open({ fetch })
    await expect(verifier.verify(await sign())).rejects.toMatchObject({ status: 503 })
  })

  it('that were rotated are found once what we hold is a minute old', async () => {
    vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] })
    try {
      const url = `${ENDPOINT}/api/v1/issuers/${ORG}/jwks.json`
      let kid = 'k1'
      const { fetch, fetched } = instance({
        [url]: async () => Response.json(await jwks(acme, kid)),
      })
      const { verifier } = open({ fetch })
      await verifier.verify(await sign())
      kid = 'k9'
      await expect(verifier.verify(await sign({ header: { kid } }))).rejects.toThrow()
      vi.setSystemTime(Date.now() + 61_000)
      await expect(verifier.verify(await sign({ header: { kid } }))).resolves.toBeTruthy()
      expect(fetched).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('fresh', () => {
  const url = `${ENDPOINT}/api/v1/auth/introspect`
  const check = async (answer: Response) => {
    const { fetch } = instance({ [url]: async () => answer })
    const { verifier } = open({ fetch, secretKey: 'authstack_sec_live_x' })
    return verifier.verify(await sign(), { fresh: true })
  }

  it('takes a token whose session lives', async () => {
    await expect(check(Response.json({ active: true }))).resolves.toBeTruthy()
  })
  it('refuses one whose session has ended', async () => {
    await expect(check(Response.json({ active: false }))).rejects.toMatchObject({ status: 401 })
  })
  it('refuses all while it cannot ask', async () => {
    await expect(check(new Response('', { status: 500 }))).rejects.toMatchObject({ status: 503 })
  })
})
