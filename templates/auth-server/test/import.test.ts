import assert from 'node:assert/strict'
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import { instance, keycloakAdmin } from './support/identity.ts'
import { call, must, superuserUrl } from './support/instance.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { signUp } from './support/person.ts'

const site = instance as NonNullable<typeof instance>
const PASSWORD = 'old-system-password-1'
/** Hashes of PASSWORD that other programs made: bcryptjs, and Node's own argon2. */
const BCRYPT_8 = '$2b$08$esVTdc0V9QNtEfHgNu430eZUQ9aSswK3y3owndfyHjNhc0UOGYIQi'
const BCRYPT_10 = '$2b$10$eApMKv9hRhaCMtRQgahIq.mlVCGSbbzyfKYLidj03JbbrmdNYvWZe'
const BCRYPT_12 = '$2b$12$uDGr68j2tk1XSfejoWT3SOV8uLeu55yoTHYZncwGGJI8KsVLF49iS'
const ARGON2 =
  '$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$BuxSDA9JTAYpxKSSZZxE04m5nvA8iKzsjek9ucvll+Y'

const newEmail = (name: string) => `${name}-${randomBytes(5).toString('hex')}@import.example`
const person = (name: string, more: Record<string, unknown> = {}) => ({
  email: newEmail(name),
  emailVerified: true,
  ...more,
})

describe('import', { skip: cannotOperate }, () => {
  let token: string
  before(async () => {
    token = await operatorToken()
  })
  const send = async (users: unknown[], more: Record<string, unknown> = {}) => {
    const answer = await operate(token, 'POST', '/users/import', { users, ...more })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    return answer.body.results
  }
  const signIn = async (email: string, password: string) =>
    (await call(site, 'POST', '/auth/login', { body: { email, password } })).status

  test('people sign in with the password of the other system, whatever hashed it', async () => {
    const salt = randomBytes(16)
    const derive = (digest: string, rounds: number, bytes: number, given: string | Buffer = salt) =>
      pbkdf2Sync(PASSWORD, given, rounds, bytes, digest).toString('base64')
    const hash = (text: string) => ({ password: { hash: text } })
    const own = (algorithm: string, hashIterations: number, value: string) => ({
      password: { algorithm, hashIterations, value, salt: salt.toString('base64') },
    })
    const users = [
      person('bcrypt-a', hash(BCRYPT_10.replace('$2b$', '$2a$'))),
      person('bcrypt-b', hash(BCRYPT_12)),
      person('bcrypt-y', hash(BCRYPT_10.replace('$2b$', '$2y$'))),
      person('argon2', hash(ARGON2)),
      person('django', hash(`pbkdf2_sha256$9000$sea$${derive('sha256', 9000, 32, 'sea')}`)),
      person('keycloak-1', own('pbkdf2', 20_000, derive('sha1', 20_000, 64))),
      person('keycloak-256', own('pbkdf2-sha256', 27_500, derive('sha256', 27_500, 64))),
      person('keycloak-512', own('pbkdf2-sha512', 21_000, derive('sha512', 21_000, 64))),
    ]
    const results = await send(users)
    for (const [index, user] of users.entries()) {
      assert.equal(results[index].outcome, 'created')
      assert.equal(results[index].password, 'kept')
      assert.equal(await signIn(user.email, `${PASSWORD}x`), 401, `${user.email}: wrong password`)
      assert.equal(await signIn(user.email, PASSWORD), 200, user.email)
    }
  })

  test('a hash of another cost or kind is made anew at the first sign-in: bcrypt, cost 12', async () => {
    const users = [
      person('weak', { password: { hash: BCRYPT_8 } }),
      person('other', { password: { hash: ARGON2 } }),
    ]
    await send(users)
    const stored = async (email: string) => {
      const path = `/users?email=${encodeURIComponent(email)}&exact=true`
      const found = (await keycloakAdmin('live-accounts', 'GET', path)).body as { id: string }[]
      const list = await keycloakAdmin('live-accounts', 'GET', `/users/${found[0]?.id}/credentials`)
      return (list.body as { credentialData: string }[]).map((one) => {
        const { algorithm, hashIterations } = JSON.parse(one.credentialData)
        return `${algorithm} ${hashIterations}`
      })
    }
    const [weak, other] = users.map((user) => user.email) as [string, string]
    assert.deepEqual(await stored(weak), ['bcrypt 8'])
    assert.deepEqual(await stored(other), ['argon2 2'])
    for (const email of [weak, other]) {
      assert.equal(await signIn(email, PASSWORD), 200)
      assert.deepEqual(await stored(email), ['bcrypt 12'])
      assert.equal(await signIn(email, PASSWORD), 200, 'and the new hash is of the same password')
    }
  })

  test('a hash that nobody can verify comes without a password, and the person resets it', async () => {
    const users = [
      person('scrypt', { password: { hash: '$scrypt$ln=16,r=8,p=1$abc$def' } }),
      person('dear', { password: { hash: BCRYPT_12.replace('$12$', '$25$') } }),
      person('none'),
    ]
    const results = await send(users)
    const words = results.map((result: { password: string }) => result.password)
    assert.deepEqual(words, ['unknown_format', 'too_costly', 'none'])
    const [first] = users
    assert.equal(await signIn(String(first?.email), PASSWORD), 401)
    await must(site, 202, 'POST', '/auth/password-reset', { body: { email: first?.email } })
  })

  test('the verified flag, the names, the date and a block come along', async () => {
    const createdAt = '2019-03-04T05:06:07.000Z'
    const full = person('full', { firstName: 'Ada', lastName: 'Lovelace', createdAt })
    const unverified = person('unverified', {
      emailVerified: false,
      password: { hash: BCRYPT_10 },
    })
    const blocked = person('blocked', { enabled: false, password: { hash: BCRYPT_10 } })
    await send([full, unverified, blocked])
    const shown = async (email: string) =>
      (await operate(token, 'GET', `/users/${encodeURIComponent(email)}`)).body
    const { firstName, lastName, emailVerified, createdAt: kept } = await shown(full.email)
    assert.deepEqual(
      { firstName, lastName, emailVerified, kept },
      { firstName: 'Ada', lastName: 'Lovelace', emailVerified: true, kept: createdAt },
    )
    assert.equal(await signIn(unverified.email, PASSWORD), 403, 'must verify first')
    assert.equal((await shown(blocked.email)).state, 'disabled')
    assert.equal(await signIn(blocked.email, PASSWORD), 401)
  })

  test('sending the same people again changes nothing; --on-conflict says what else', async () => {
    const user = person('again', { firstName: 'Old', password: { hash: BCRYPT_10 } })
    const [first] = await send([user])
    const changed = { ...user, firstName: 'New' }
    const [skipped] = await send([changed])
    assert.deepEqual([skipped.outcome, skipped.userId], ['skipped', first.userId])
    const [failed] = await send([changed], { onConflict: 'fail' })
    assert.deepEqual([failed.outcome, failed.fault.code], ['failed', 'exists'])
    const [updated] = await send([{ ...changed, password: { hash: ARGON2 } }], {
      onConflict: 'update',
    })
    assert.deepEqual([updated.outcome, updated.userId], ['updated', first.userId])
    const shown = await operate(token, 'GET', `/users/${first.userId}`)
    assert.equal(shown.body.firstName, 'New')
    assert.equal(await signIn(user.email, PASSWORD), 200)
  })

  test('an update never brings back a password older than the one chosen here', async () => {
    const here = await signUp(site, 'chose-here')
    const stale = { email: here.email, password: { hash: BCRYPT_10 } }
    const [updated] = await send([stale], { onConflict: 'update' })
    assert.deepEqual([updated.outcome, updated.password], ['updated', 'chosen_here'])
    assert.equal(await signIn(here.email, PASSWORD), 401)
    assert.equal(await signIn(here.email, here.password), 200)
  })

  test('a faulty line is named and the others come in', async () => {
    const good = person('good')
    const results = await send([
      { email: 'not an address' },
      person('markup', { firstName: '<b>Ada</b>' }),
      person('field', { fields: { unheardOf: 1 } }),
      person('date', { createdAt: 'yesterday' }),
      good,
      { ...good, email: good.email.toUpperCase() },
    ])
    const codes = results.map((result: { fault: { code: string } | null }) => result.fault?.code)
    assert.deepEqual(codes, [
      'invalid_email',
      'invalid_name',
      'invalid_field',
      'invalid_date',
      undefined,
      'repeated',
    ])
    assert.equal(results[4].outcome, 'created')
  })

  test('a dry run says the same and writes nothing', async () => {
    const user = person('dry')
    const [planned] = await send([user], { dryRun: true })
    assert.deepEqual([planned.outcome, planned.userId], ['created', null])
    const path = `/users/${encodeURIComponent(user.email)}`
    assert.equal((await operate(token, 'GET', path)).status, 404)
  })

  test('no hash is in the database, the trail or the log of requests', async () => {
    const marked = BCRYPT_10.replace('eApMKv9', 'PLANTED')
    const [made] = await send([person('planted', { password: { hash: marked } })])
    const client = new pg.Client(`${superuserUrl()?.replace(/\/postgres$/, '')}/authstack_live`)
    await client.connect()
    try {
      for (const table of ['users', 'hub_events', 'identity_operations', 'outbox']) {
        const found = await client.query(
          `select 1 from ${table} as one where one::text like '%PLANTED%'`,
        )
        assert.equal(found.rowCount, 0, table)
      }
      const events = await client.query(
        `select data from hub_events where user_id = $1 and action = 'operator.user.imported'`,
        [made.userId],
      )
      assert.equal(events.rows[0].data.password, 'kept')
    } finally {
      await client.end()
    }
  })

  test('nothing without a token of the realm of operators', async () => {
    const body = { users: [person('nobody')] }
    assert.equal((await operate('x', 'POST', '/users/import', body)).status, 401)
    assert.equal((await call(site, 'POST', '/users/import', { body })).status, 404)
  })
})
