import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { call, callOk } from '../lib/call.ts'
import { query } from '../lib/database.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import { administer } from '../lib/keycloak.ts'
import { mailedToken } from '../lib/mailbox.ts'
import { newAddress, newPerson } from '../lib/people.ts'

describe('a stored password', () => {
  test('is bcrypt of cost 12 in Keycloak, and nowhere in clear', async () => {
    const person = await newPerson('stored')
    const found = await administer(
      'live-accounts',
      'GET',
      `/users?email=${person.email}&exact=true`,
    )
    const [user] = found.body
    const credentials = await administer('live-accounts', 'GET', `/users/${user.id}/credentials`)
    assert.equal(credentials.body.length, 1)
    const data = JSON.parse(credentials.body[0].credentialData)
    assert.equal(data.algorithm, 'bcrypt')
    assert.equal(data.hashIterations, 12)
    const sql = 'select secret_data from credential where user_id = $1'
    const rows = await query('keycloak', 'keycloak', sql, [user.id])
    assert.equal(rows.length, 1)
    const { value } = JSON.parse(String(rows[0]?.secret_data))
    assert.match(value, /^\$2[aby]\$12\$[./A-Za-z0-9]{53}$/)
  })
})

/** 72 bytes, many of them in two-byte letters, so that characters and bytes differ. */
const longest = `Aa1-${'é'.repeat(34)}`

describe('a password longer than bcrypt reads', () => {
  test('73 bytes are refused with a pointer and a reason, and no account is made', async () => {
    assert.equal(Buffer.byteLength(longest), 72)
    const email = newAddress('long')
    for (const password of [`${longest}x`, 'x'.repeat(73), `${'ü'.repeat(36)}x`]) {
      const answer = await call('POST', 'auth/signup', { json: { email, password } })
      expectProblem(answer, 422, 'invalid_password')
      const [error] = answer.body.errors
      assert.equal(error.pointer, '/password')
      assert.equal(error.code, 'password_too_long')
      assert.match(error.message, /72/)
    }
    const login = await call('POST', 'auth/login', { json: { email, password: longest } })
    expectProblem(login, 401, 'invalid_credentials')
  })

  test('72 bytes work in full; nothing shorter and nothing longer signs in', async () => {
    const email = newAddress('full')
    await callOk('POST', 'auth/signup', { json: { email, password: longest } }, 201)
    const token = await mailedToken(email, 'verify-email')
    await callOk('POST', 'auth/verify-email', { json: { token } })
    const login = (password: string) => call('POST', 'auth/login', { json: { email, password } })
    assert.equal((await login(longest)).status, 200)
    for (const password of [`${longest}x`, `${longest}${'y'.repeat(20)}`, longest.slice(0, -1)]) {
      const answer = await login(password)
      assert.ok([400, 401, 422].includes(answer.status), `${answer.status} ${answer.text}`)
      assert.equal(answer.body.accessToken, undefined)
    }
    assert.equal((await login(longest)).status, 200)
  })

  test('a reset refuses 73 bytes too, keeps the link, and the old password goes on', async () => {
    const person = await newPerson('reset')
    await callOk('POST', 'auth/password-reset', { json: { email: person.email } }, 202)
    const token = await mailedToken(person.email, 'reset-password')
    const confirm = (password: string) =>
      call('POST', 'auth/password-reset/confirm', { json: { token, password } })
    expectProblem(await confirm(`${longest}x`), 422, 'invalid_password')
    expectProblem(await confirm('short'), 422, 'invalid_password')
    const { email, password } = person
    assert.equal((await call('POST', 'auth/login', { json: { email, password } })).status, 200)
    assert.equal((await confirm(longest)).status, 204)
    expectProblem(await call('POST', 'auth/login', { json: { email, password } }), 401, [
      'invalid_credentials',
    ])
    const now = await call('POST', 'auth/login', { json: { email, password: longest } })
    assert.equal(now.status, 200, now.text)
  })

  test('too short is named with the length that is needed', async () => {
    const json = { email: newAddress('short'), password: 'short' }
    const answer = await call('POST', 'auth/signup', { json })
    expectProblem(answer, 422, 'invalid_password')
    assert.equal(answer.body.errors[0].code, 'password_too_short')
    assert.match(answer.body.errors[0].message, /12/)
  })
})
