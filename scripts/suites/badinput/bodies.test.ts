import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { call } from '../lib/call.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import { newAddress, newPassword, newPerson, type Person } from '../lib/people.ts'

/** Routes that read a body: without a user, and with one. */
const open = ['auth/login', 'auth/signup', 'auth/verify-email', 'auth/refresh', 'auth/token']
const guarded = ['organizations', 'auth/switch', 'invitations/accept']
const json = { 'content-type': 'application/json' }

describe('a body that is not what the route reads', () => {
  let person: Person
  before(async () => {
    person = await newPerson()
  })
  const tokenOf = (route: string) => (guarded.includes(route) ? person.accessToken : undefined)

  for (const route of [...open, ...guarded]) {
    test(`${route} answers malformed JSON with 400 invalid_json`, async () => {
      for (const raw of ['{"email":', '{]', 'email=a@b.c', '\u0000', '{"a":1}{"b":2}']) {
        const answer = await call('POST', route, { token: tokenOf(route), raw, headers: json })
        expectProblem(answer, 400, 'invalid_json')
      }
    })

    test(`${route} refuses 2 MB with 413, before anything else happens`, async () => {
      const answer = await call('POST', route, {
        token: tokenOf(route),
        json: { email: `${'a'.repeat(2 * 1024 * 1024)}@example.test` },
      })
      expectProblem(answer, 413, 'body_too_large')
      // On the same kept connection: the refused bytes must not be in the way of what follows.
      const next = await call('POST', route, { token: tokenOf(route), raw: '{]', headers: json })
      expectProblem(next, 400, 'invalid_json')
    })

    test(`${route} refuses what is not JSON by its content type with 415`, async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
        const headers = { 'content-type': type }
        const answer = await call('POST', route, { token: tokenOf(route), raw: '{}', headers })
        expectProblem(answer, 415, 'unsupported_media_type')
      }
    })

    test(`${route} refuses a body that is no object with 400`, async () => {
      for (const raw of ['[]', 'null', '"text"', '7', 'true']) {
        const answer = await call('POST', route, { token: tokenOf(route), raw, headers: json })
        expectProblem(answer, 400, ['invalid_request', 'invalid_json'])
      }
    })
  }

  test('a small gzip that unpacks to 20 MB is refused, not unpacked into memory', async () => {
    const raw = gzipSync(Buffer.from(`{"email":"${'a'.repeat(20 * 1024 * 1024)}"}`))
    const headers = { ...json, 'content-encoding': 'gzip' }
    const answer = await call('POST', 'auth/login', { raw, headers })
    assert.ok([413, 415].includes(answer.status), `${answer.status} ${answer.text}`)
  })

  test('wrong types are 400 with a JSON pointer to each of them', async () => {
    const answer = await call('POST', 'auth/login', { json: { email: 7, password: ['x'] } })
    expectProblem(answer, 400, 'invalid_request')
    const pointers = answer.body.errors.map((one: { pointer: string }) => one.pointer)
    assert.deepEqual(pointers.sort(), ['/email', '/password'])
    for (const error of answer.body.errors) assert.ok(error.message && error.code)
  })

  test('a missing member is named', async () => {
    const answer = await call('POST', 'auth/login', { json: { email: newAddress() } })
    expectProblem(answer, 400, 'invalid_request')
    assert.deepEqual(
      answer.body.errors.map((one: { pointer: string }) => one.pointer),
      ['/password'],
    )
  })

  test('unknown members are refused and named, so nobody may set what no form shows', async () => {
    const email = newAddress()
    const body = { email, password: newPassword(), emailVerified: true }
    const signup = await call('POST', 'auth/signup', { json: body })
    expectProblem(signup, 400, 'invalid_request')
    assert.match(JSON.stringify(signup.body.errors), /emailVerified/)
    const token = person.accessToken
    const organization = { name: 'Fine', ownerId: '00000000-0000-4000-8000-000000000000' }
    const created = await call('POST', 'organizations', { token, json: organization })
    expectProblem(created, 400, 'invalid_request')
    const profile = await call('PATCH', 'me', { token, json: { email: newAddress() } })
    expectProblem(profile, 400, 'invalid_request')
  })

  test('__proto__ and constructor in a body are refused like any unknown member', async () => {
    for (const member of ['__proto__', 'constructor']) {
      const raw = `{"email":"a@example.test","password":"x","${member}":{"isAdmin":true}}`
      const answer = await call('POST', 'auth/login', { raw, headers: json })
      assert.ok(
        [400, 401].includes(answer.status) && answer.body?.code !== 'internal',
        `${answer.status} ${answer.text}`,
      )
    }
  })

  test('strings that break databases and mail are refused, never a 500', async () => {
    const token = person.accessToken
    const bad = ['a\u0000b', '\ud800', 'x'.repeat(5000), '', '   ']
    for (const name of bad) {
      const answer = await call('POST', 'organizations', { token, json: { name } })
      expectProblem(answer, 400, 'invalid_request')
    }
    const addresses = ['a@b.test\r\nBcc: c@d.test', 'no-at-sign', 'a@', `${'l'.repeat(300)}@b.test`]
    for (const email of addresses) {
      const answer = await call('POST', 'auth/signup', { json: { email, password: newPassword() } })
      expectProblem(answer, 400, 'invalid_request')
    }
  })

  test('ids that are no UUID are 404 or 400, never a 500', async () => {
    const token = person.accessToken
    for (const id of ['1', "' or 1=1 --", '%00', '..%2f..%2fme', 'NaN', 'undefined']) {
      const answer = await call('GET', `organizations/${encodeURI(id)}/members`, { token })
      assert.ok([400, 404].includes(answer.status), `${id}: ${answer.status} ${answer.text}`)
      assert.match(String(answer.headers['content-type']), /problem\+json/)
    }
  })

  test('a page cursor and a limit that nobody handed out are 400', async () => {
    const token = person.accessToken
    for (const search of ['limit=0', 'limit=100000', 'limit=x', 'after=%00', 'after=zzz']) {
      const answer = await call('GET', `me/sessions?${search}`, { token })
      expectProblem(answer, 400, 'invalid_request')
    }
  })

  test('an unknown route and a wrong method are problems too', async () => {
    expectProblem(await call('GET', 'nothing-here'), 404, 'not_found')
    const answer = await call('DELETE', 'auth/login')
    assert.ok([404, 405].includes(answer.status), String(answer.status))
    assert.match(String(answer.headers['content-type']), /problem\+json/)
  })
})
