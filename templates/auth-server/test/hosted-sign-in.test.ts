import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { instance, newPkce, publicUrl } from './support/identity.ts'
import { call, must } from './support/instance.ts'
import { type Person, signUp } from './support/person.ts'

const site = instance as NonNullable<typeof instance>
/** A native key, and a redirect URI that is on its list. */
const client = String(site?.redirectKey ?? site?.nativeKey)
const redirectUri = String(site?.redirectUri)
const STATE = 'state-of-the-app'

describe('hosted sign-in', {
  skip: !site?.redirectUri && 'no redirectUri in the instance file',
}, () => {
  let pagesKey: string
  let person: Person
  before(async () => {
    pagesKey = site.pagesKey ?? (await readPagesKey())
    person = await signUp(site, 'hosted')
  })

  const authorize = (parameters: Record<string, string>) =>
    call(site, 'GET', `/auth/authorize?${new URLSearchParams(parameters)}`)
  const begin = async (challenge: string) => {
    const started = await authorize({
      client,
      redirect_uri: redirectUri,
      state: STATE,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    assert.equal(started.status, 302)
    const page = new URL(String(started.headers.get('location')))
    assert.equal(page.origin + page.pathname, `${publicUrl()}/login`)
    return String(page.searchParams.get('request'))
  }
  const onPages = (method: string, path: string, token?: string, body?: unknown) =>
    call(site, method, path, {
      key: pagesKey,
      headers: { Origin: publicUrl() },
      ...(token ? { token } : {}),
      ...(body === undefined ? {} : { body }),
    })
  const signInOnPages = async () => {
    const { email, password } = person
    const answer = await onPages('POST', '/auth/login', undefined, { email, password })
    assert.equal(answer.status, 200)
    assert.equal(answer.body.refreshToken, undefined)
    return answer
  }
  const complete = async (challenge: string) => {
    const request = await begin(challenge)
    const token = (await signInOnPages()).body.accessToken
    const answer = await onPages('POST', `/auth/authorize/${request}/complete`, token, {})
    assert.equal(answer.status, 200)
    return { back: new URL(answer.body.redirectTo), request, token }
  }
  const exchange = (code: string | null, verifier: string, extra = {}) =>
    call(site, 'POST', '/auth/token', {
      key: client,
      body: { code, code_verifier: verifier, ...extra },
    })

  test('goes to the pages, back with a code, and the code becomes a session', async () => {
    const { verifier, challenge } = newPkce()
    const { back, request, token } = await complete(challenge)
    assert.equal(back.searchParams.get('state'), STATE)
    assert.equal(back.searchParams.get('iss'), publicUrl())
    const code = back.searchParams.get('code')
    const { status, body } = await exchange(code, verifier, { redirect_uri: redirectUri })
    assert.equal(status, 200)
    assert.equal(body.user.email, person.email)
    assert.ok(body.refreshToken)
    // A request is completed once.
    const again = await onPages('POST', `/auth/authorize/${request}/complete`, token, {})
    assert.equal(again.status, 404)
    // Signing out of the app signs out of the pages as well.
    await must(site, 204, 'POST', '/auth/logout', { token: body.accessToken, body: {} })
    assert.equal((await onPages('GET', '/me', token)).status, 401)
  })

  test('a code shown twice ends the session that it opened', async () => {
    const { verifier, challenge } = newPkce()
    const code = (await complete(challenge)).back.searchParams.get('code')
    const { body } = await exchange(code, verifier)
    assert.equal((await exchange(code, verifier)).body.code, 'code_invalid')
    await must(site, 401, 'GET', '/me', { token: body.accessToken })
  })

  test('a code with another verifier, redirect URI or key is worth nothing', async () => {
    const wrongs = [
      { verifier: newPkce().verifier },
      { extra: { redirect_uri: 'https://evil.test/' } },
      { key: site.liveKey, headers: { Origin: String(site.origin ?? site.app) } },
    ]
    for (const wrong of wrongs) {
      if ('key' in wrong && !wrong.key) continue
      const { verifier, challenge } = newPkce()
      const code = (await complete(challenge)).back.searchParams.get('code')
      const refused = await call(site, 'POST', '/auth/token', {
        key: wrong.key ?? client,
        ...(wrong.headers ? { headers: wrong.headers } : {}),
        body: { code, code_verifier: wrong.verifier ?? verifier, ...wrong.extra },
      })
      assert.equal(refused.status, 400)
      assert.equal(refused.body.code, 'code_invalid')
    }
  })

  test('an address that is not registered exactly is never redirected to', async () => {
    const rest = {
      state: STATE,
      code_challenge: newPkce().challenge,
      code_challenge_method: 'S256',
    }
    for (const address of ['https://evil.test/', `${redirectUri}/more`, `${redirectUri}?a=b`]) {
      const answer = await authorize({ client, redirect_uri: address, ...rest })
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.get('location'), null)
      assert.match(String(answer.headers.get('content-type')), /^text\/html/)
    }
    const madeUp = await authorize({ client: 'x', redirect_uri: redirectUri, ...rest })
    assert.equal(madeUp.status, 400)
  })

  test('without PKCE nothing begins', async () => {
    const answer = await authorize({
      client,
      redirect_uri: redirectUri,
      state: STATE,
    })
    const back = new URL(String(answer.headers.get('location')))
    assert.equal(back.searchParams.get('error'), 'invalid_request')
    assert.equal(back.searchParams.get('state'), STATE)
  })

  test("only the hosted pages' own key can look at a request or complete it", async () => {
    const request = await begin(newPkce().challenge)
    const shown = await onPages('GET', `/auth/authorize/${request}`)
    assert.deepEqual(Object.keys(shown.body).sort(), ['client', 'organizationId', 'screen'])
    await must(site, 404, 'GET', `/auth/authorize/${request}`)
    await must(site, 404, 'POST', `/auth/authorize/${request}/complete`, {
      token: person.hubToken,
      body: {},
    })
  })

  test('a cookie carries the session of the pages: HttpOnly, Secure, Strict, this host', async () => {
    const signedIn = await signInOnPages()
    const cookie = String(signedIn.headers.get('set-cookie'))
    assert.match(cookie, /^__Host-as_[\w-]+_live_\w{8}=[\w-]{43}; /)
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict']) {
      assert.ok(cookie.includes(part), part)
    }
    const sent = { Origin: publicUrl(), Cookie: String(cookie.split(';')[0]) }
    const refreshed = await call(site, 'POST', '/auth/refresh', {
      key: pagesKey,
      headers: sent,
      body: {},
    })
    assert.equal(refreshed.status, 200)
    assert.equal(refreshed.body.refreshToken, undefined)
    // The cookie alone, from another page, from none, or as a form, opens nothing.
    const { Origin: _origin, ...cookieOnly } = sent
    for (const headers of [cookieOnly, { ...sent, Origin: 'https://evil.test' }]) {
      const refused = await call(site, 'POST', '/auth/refresh', {
        key: pagesKey,
        headers,
        body: {},
      })
      assert.equal(refused.status, 403)
    }
    const form = await fetch(`${site.api}/api/v1/auth/refresh`, {
      method: 'POST',
      headers: { ...sent, 'X-AuthStack-Key': pagesKey },
      body: new URLSearchParams({}),
    })
    assert.equal(form.status, 415)
  })
})

/** The pages carry their key in the open; this is how a browser gets it. */
async function readPagesKey(): Promise<string> {
  const html = await (await fetch(`${site.api}/login`)).text()
  const key = /"apiKey":"(ask_live_\w+)"/.exec(html)?.[1]
  if (!key) throw new Error('The login page carries no key; is web/ built?')
  return key
}
