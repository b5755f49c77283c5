import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { call, callOk } from '../lib/call.ts'
import { query } from '../lib/database.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import { decode } from '../lib/jwt.ts'
import { logIn, newOrganization, newPerson } from '../lib/people.ts'

const refresh = (refreshToken: string) => call('POST', 'auth/refresh', { json: { refreshToken } })

describe('a refresh token', { concurrency: true }, () => {
  test('used again within 30 s gives the same successor: a lost answer signs nobody out', async () => {
    const { refreshToken } = await newPerson('lost')
    const first = await refresh(refreshToken)
    assert.equal(first.status, 200, first.text)
    assert.notEqual(first.body.refreshToken, refreshToken)
    const second = await refresh(refreshToken)
    assert.equal(second.status, 200, second.text)
    assert.equal(second.body.refreshToken, first.body.refreshToken)
    assert.equal((await refresh(first.body.refreshToken)).status, 200)
  })

  test('used by five tabs at once gives one successor to all', async () => {
    const { refreshToken } = await newPerson('tabs')
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(refreshToken)))
    assert.deepEqual(
      answers.map((one) => one.status),
      [200, 200, 200, 200, 200],
    )
    assert.equal(new Set(answers.map((one) => one.body.refreshToken)).size, 1)
  })

  test('used again after 30 s kills the family, and leaves other sessions alone', async () => {
    const person = await newPerson('thief')
    const elsewhere = await logIn(person)
    const first = await refresh(person.refreshToken)
    assert.equal(first.status, 200, first.text)
    const successor = first.body.refreshToken
    await sleep(31_000)
    expectProblem(await refresh(person.refreshToken), 401, 'refresh_reused')
    const dead = await refresh(successor)
    expectProblem(dead, 401, ['refresh_invalid', 'refresh_reused', 'session_revoked'])
    const me = await call('GET', 'me', { token: first.body.accessToken })
    expectProblem(me, 401, ['session_revoked', 'token_invalid'])
    assert.equal((await refresh(elsewhere.refreshToken)).status, 200)
  })

  test('whose successor was used is not honoured, even within 30 s, past one generation', async () => {
    const { refreshToken } = await newPerson('old')
    const second = (await refresh(refreshToken)).body.refreshToken
    const third = (await refresh(second)).body.refreshToken
    assert.ok(third && third !== second)
    const answer = await refresh(refreshToken)
    assert.ok(
      answer.status === 401 || answer.body.refreshToken === second,
      `a grandparent must not fork the family: ${answer.status} ${answer.text}`,
    )
  })

  test('is what a session goes on by: an access token alone renews itself for ten minutes at most', async () => {
    const person = await newPerson('stolen')
    const { id } = await newOrganization(person)
    const { as_sid: session } = decode(person.accessToken).claims
    const aged = await query(
      'authstack_live',
      'owner',
      `update refresh_tokens set created_at = now() - interval '601 seconds' where session_id = $1 returning id`,
      [session],
    )
    assert.equal(aged.length, 1)
    const token = person.accessToken
    const ask = { token, json: { organizationId: id } }
    expectProblem(await call('POST', 'auth/switch', ask), 401, 'token_invalid')
    expectProblem(await call('POST', 'auth/app-token', ask), 401, 'token_invalid')
    const fresh = await refresh(person.refreshToken)
    assert.equal(fresh.status, 200, fresh.text)
    await callOk('POST', 'auth/switch', { ...ask, token: fresh.body.accessToken })
  })

  test('is void after logout and after a password reset', async () => {
    const person = await newPerson('leaver')
    const other = await logIn(person)
    await callOk('POST', 'auth/logout', { token: person.accessToken, json: {} }, 204)
    expectProblem(await refresh(person.refreshToken), 401, ['refresh_invalid', 'session_revoked'])
    expectProblem(await call('GET', 'me', { token: person.accessToken }), 401, [
      'session_revoked',
      'token_invalid',
    ])
    const { mailedToken } = await import('../lib/mailbox.ts')
    await callOk('POST', 'auth/password-reset', { json: { email: person.email } }, 202)
    const token = await mailedToken(person.email, 'reset-password')
    const password = `${person.password}-2`
    await callOk('POST', 'auth/password-reset/confirm', { json: { token, password } }, 204)
    expectProblem(await refresh(other.refreshToken), 401, ['refresh_invalid', 'session_revoked'])
    const again = await call('POST', 'auth/password-reset/confirm', { json: { token, password } })
    expectProblem(again, 410, ['link_invalid', 'token_used'])
    expectProblem(
      await call('POST', 'auth/login', { json: credentials(person) }),
      401,
      'invalid_credentials',
    )
    assert.ok((await logIn({ email: person.email, password })).accessToken)
  })

  test('that was never handed out, or belongs to another kind of secret, is 401', async () => {
    const { accessToken } = await newPerson('guess')
    for (const token of ['A'.repeat(43), accessToken]) {
      const answer = await refresh(token)
      assert.ok([400, 401].includes(answer.status), `${answer.status} ${answer.text}`)
    }
  })
})

function credentials({ email, password }: { email: string; password: string }) {
  return { email, password }
}
