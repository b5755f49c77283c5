import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { instance } from './support/identity.ts'
import { call, mailedToken, must } from './support/instance.ts'
import { signUp, tokenFor } from './support/person.ts'

/** Attacks that worked once. Each test is the attack itself. */
describe('attacks', { skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set' }, () => {
  if (!instance) return
  const at = instance
  const anyone = () => `attack-${randomBytes(6).toString('hex')}@example.com`

  test('a removed founder does not come back as owner by repeating the creation', async (t) => {
    const origin = at.origin ?? at.app
    if (!at.liveKey || !origin) return t.skip('needs a second key')
    const founder = await signUp(at, 'Fay')
    const heir = await signUp(at, 'Hal')
    const creation = {
      token: founder.hubToken,
      headers: { 'Idempotency-Key': randomUUID() },
      body: { name: 'Regained' },
    }
    const { id } = (await must(at, 201, 'POST', '/organizations', creation)).body
    const org = `/organizations/${id}`
    const token = await tokenFor(at, founder, id)
    await must(at, 201, 'POST', `${org}/invitations`, {
      token,
      body: { email: heir.email, role: 'owner' },
    })
    await must(at, 200, 'POST', '/invitations/accept', {
      token: heir.hubToken,
      body: { token: await mailedToken(at, heir.email, 'Join') },
    })
    const heirToken = await tokenFor(at, heir, id)
    await must(at, 204, 'DELETE', `${org}/members/${founder.userId}`, { token: heirToken })
    // Under another key of the same app nothing remembers the first answer.
    const again = await call(at, 'POST', '/organizations', {
      ...creation,
      key: String(at.liveKey),
      headers: { ...creation.headers, Origin: origin },
    })
    assert.deepEqual([again.status, again.body.code], [409, 'conflict'])
    const members = await must(at, 200, 'GET', `${org}/members`, { token: heirToken })
    assert.deepEqual(
      members.body.data.map((one: { email: string }) => one.email),
      [heir.email.toLowerCase()],
    )
    const back = await call(at, 'POST', '/auth/switch', {
      token: founder.hubToken,
      body: { organizationId: id },
    })
    assert.equal(back.status, 404)
  })

  test('two sign-ups at once tell an unknown address from a known one no more than one does', async () => {
    const known = await signUp(at, 'Kim')
    const twice = async (email: string) => {
      const body = { email, password: 'correct horse battery' }
      const answers = await Promise.all(
        [1, 2, 3].map(() => call(at, 'POST', '/auth/signup', { body })),
      )
      return answers.map(({ status, body }) => [status, body.status ?? body.code])
    }
    assert.deepEqual(await twice(anyone()), await twice(known.email))
  })

  test('who knew the old password is out after a reset, also when signing in at that very moment', async () => {
    const victim = await signUp(at, 'Vic')
    await must(at, 202, 'POST', '/auth/password-reset', { body: { email: victim.email } })
    const token = await mailedToken(at, victim.email, 'Reset')
    let isDone = false
    const stolen: string[] = []
    const thief = async () => {
      while (!isDone) {
        const { body } = await call(at, 'POST', '/auth/login', {
          body: { email: victim.email, password: victim.password },
        })
        if (body.refreshToken) stolen.push(body.refreshToken)
      }
    }
    const thieves = [thief(), thief(), thief()]
    while (stolen.length < 3) await new Promise((resolve) => setTimeout(resolve, 50))
    await must(at, 204, 'POST', '/auth/password-reset/confirm', {
      body: { token, password: `another horse ${randomUUID()}` },
    })
    isDone = true
    await Promise.all(thieves)
    for (const refreshToken of stolen) {
      const answer = await call(at, 'POST', '/auth/refresh', { body: { refreshToken } })
      assert.deepEqual([answer.status, answer.body.code], [401, 'refresh_invalid'])
    }
  })
})
