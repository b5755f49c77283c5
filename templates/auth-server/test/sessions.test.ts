import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { call, must, readInstance } from './support/instance.ts'
import { type Person, signUp } from './support/person.ts'

const instance = readInstance()

describe('ending sessions over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  let person: Person
  let stranger: Person
  before(async () => {
    ;[person, stranger] = await Promise.all([signUp(instance, 'Sam'), signUp(instance, 'Sly')])
  })

  const signIn = async () =>
    (
      await must(instance, 200, 'POST', '/auth/login', {
        body: { email: person.email, password: person.password },
      })
    ).body as { accessToken: string; refreshToken: string }
  const sessionsOf = async (token: string) =>
    (await must(instance, 200, 'GET', '/me/sessions', { token })).body.data as {
      id: string
      current: boolean
    }[]
  const isAlive = async ({ accessToken }: { accessToken: string }) =>
    (await call(instance, 'GET', '/me', { token: accessToken })).status === 200

  test('all others end at once, with their refresh tokens; mine and other people stay', async () => {
    const [mine, second, third] = [await signIn(), await signIn(), await signIn()]
    assert.equal((await sessionsOf(mine.accessToken)).length, 4, 'and the one of the sign-up')
    await must(instance, 204, 'DELETE', '/me/sessions', { token: mine.accessToken })
    assert.deepEqual(await Promise.all([second, third].map(isAlive)), [false, false])
    for (const { refreshToken } of [second, third]) {
      const refreshed = await call(instance, 'POST', '/auth/refresh', { body: { refreshToken } })
      assert.deepEqual([refreshed.status, refreshed.body.code], [401, 'refresh_invalid'])
    }
    assert.deepEqual(
      (await sessionsOf(mine.accessToken)).map(({ current }) => current),
      [true],
    )
    assert.ok(await isAlive({ accessToken: stranger.hubToken }))
    await must(instance, 200, 'POST', '/auth/refresh', {
      body: { refreshToken: mine.refreshToken },
    })
  })

  test('with current=true the one that asks ends too', async () => {
    const [mine, second] = [await signIn(), await signIn()]
    await must(instance, 204, 'DELETE', '/me/sessions?current=true', { token: mine.accessToken })
    assert.deepEqual(await Promise.all([mine, second].map(isAlive)), [false, false])
    assert.ok(await isAlive({ accessToken: stranger.hubToken }))
    const bad = await call(instance, 'DELETE', '/me/sessions?current=maybe', {
      token: stranger.hubToken,
    })
    assert.equal(bad.status, 400)
  })

  test('a session id of somebody else is not found, and lives on', async () => {
    const mine = await signIn()
    const [theirs] = await sessionsOf(stranger.hubToken)
    const answer = await call(instance, 'DELETE', `/me/sessions/${theirs?.id}`, {
      token: mine.accessToken,
    })
    assert.equal(answer.status, 404)
    assert.ok(await isAlive({ accessToken: stranger.hubToken }))
  })
})
