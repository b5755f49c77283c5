import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { describe, test } from 'node:test'
import { instance } from './support/identity.ts'
import { call, must } from './support/instance.ts'

const site = instance as NonNullable<typeof instance>

describe('bad input', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  const post = (body: string, type = 'application/json', key = site.nativeKey) =>
    fetch(`${site.api}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': type, 'X-AuthStack-Key': key },
      body,
    })
  const codeOf = async (response: Response) => {
    assert.equal(response.headers.get('content-type')?.split(';')[0], 'application/problem+json')
    const body = (await response.json()) as Record<string, unknown>
    assert.equal(body.status, response.status)
    assert.equal(body.requestId, response.headers.get('x-request-id'))
    return `${response.status} ${body.code}`
  }

  test('malformed JSON', async () => {
    assert.equal(await codeOf(await post('{"email":')), '400 invalid_json')
  })

  test('a body of 2 MB', async () => {
    const body = JSON.stringify({ email: 'a'.repeat(2_000_000) })
    assert.equal(await codeOf(await post(body)), '413 body_too_large')
  })

  test('after a body of 2 MB the connection still works', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (body: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = request(
          `${site.api}/api/v1/auth/login`,
          {
            agent,
            method: 'POST',
            headers: { 'Content-Type': 'application/json', 'X-AuthStack-Key': site.nativeKey },
          },
          (response) => {
            response.resume()
            response.on('end', () => resolve(Number(response.statusCode)))
          },
        )
        sent.on('error', reject)
        sent.end(body)
      })
    const huge = JSON.stringify({ email: 'a'.repeat(2_000_000) })
    assert.deepEqual([await ask(huge), await ask(huge), await ask('{}')], [413, 413, 400])
    agent.destroy()
  })

  test('text that no database holds', async () => {
    for (const email of ['\ud800@example.com', 'a\0b@example.com']) {
      const answer = await must(site, 400, 'POST', '/auth/signup', {
        body: { email, password: 'a\ud800 long password', firstName: '\0' },
      })
      assert.equal(answer.body.code, 'invalid_request')
    }
  })

  test('a form, which a page may post to any origin unasked', async () => {
    const type = 'application/x-www-form-urlencoded'
    assert.equal(await codeOf(await post('email=a', type)), '415 unsupported_media_type')
    assert.equal(await codeOf(await post('{}', 'text/plain')), '415 unsupported_media_type')
  })

  test('wrong types and unknown fields are named by JSON pointer', async () => {
    const { body } = await must(site, 400, 'POST', '/auth/login', {
      body: { email: 1, password: ['x'], 'a/b': true },
    })
    assert.equal(body.code, 'invalid_request')
    assert.deepEqual(body.errors.map((fault: { pointer: string }) => fault.pointer).sort(), [
      '/a~1b',
      '/email',
      '/password',
    ])
  })

  test('unknown query parameters', async () => {
    const { body } = await must(site, 400, 'GET', '/config?nope=1')
    assert.equal(body.errors[0].pointer, '/query/nope')
  })

  test('an unknown path, a wrong method, a broken escape', async () => {
    await must(site, 404, 'GET', '/nope')
    const wrong = await must(site, 405, 'PUT', '/auth/login')
    assert.equal(wrong.body.code, 'method_not_allowed')
    assert.equal(wrong.headers.get('allow'), 'POST')
    await must(site, 404, 'GET', '/%E0%A4%A')
  })

  test('no operator route on the public side', async () => {
    const response = await fetch(`${site.api}/operator/v1/status`)
    assert.equal(response.status, 404)
  })

  describe('keys', () => {
    test('none, a made-up one, one with a wrong checksum', async () => {
      const without = await fetch(`${site.api}/api/v1/config`)
      assert.equal(await codeOf(without), '401 key_required')
      for (const key of ['x', `${site.nativeKey.slice(0, -1)}!`, site.nativeKey.slice(0, -6)]) {
        assert.equal((await must(site, 401, 'GET', '/config', { key })).body.code, 'key_invalid')
      }
    })

    test('a native key in a browser', async () => {
      const headers = { Origin: 'https://app.example.com' }
      const refused = await must(site, 403, 'GET', '/config', { headers })
      assert.equal(refused.body.code, 'origin_not_allowed')
    })

    test('a browser key from anywhere but its exact origins', {
      skip: !site?.liveKey,
    }, async () => {
      const key = String(site.liveKey)
      const origin = String(site.origin ?? site.app)
      await must(site, 200, 'GET', '/config', { key, headers: { Origin: origin } })
      for (const wrong of [
        `${origin}.evil.test`,
        origin.replace('http:', 'https:'),
        'null',
        `${origin}/`,
      ]) {
        await must(site, 403, 'GET', '/config', { key, headers: { Origin: wrong } })
      }
      await must(site, 403, 'GET', '/config', { key })
    })

    test('a secret key in a page, or in the place of a publishable one', {
      skip: !site?.secretKey,
    }, async () => {
      const secret = String(site.secretKey)
      await must(site, 401, 'GET', '/config', { key: secret })
      const ask = (headers: Record<string, string>) =>
        call(site, 'POST', '/auth/introspect', {
          body: { token: 'x' },
          headers: { 'X-AuthStack-Secret': secret, ...headers },
        })
      assert.deepEqual((await ask({})).body, { active: false })
      assert.equal((await ask({ Origin: 'https://app.example.com' })).status, 403)
      assert.equal((await ask({ 'Sec-Fetch-Site': 'cross-site' })).status, 403)
    })
  })
})
