import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { instance } from './support/identity.ts'
import { call, must } from './support/instance.ts'
import { onLiveDatabase } from './support/live-database.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { openTeam, type Team } from './support/team.ts'

const site = instance as NonNullable<typeof instance>
const IMPORTED = 'old-system-password-1'
const IMPORTED_HASH = '$2b$10$eApMKv9hRhaCMtRQgahIq.mlVCGSbbzyfKYLidj03JbbrmdNYvWZe'
const STRANGERS = 'the password of a stranger'

/**
 * The attack: a stranger signs up with somebody's address, does not prove it, and waits until the
 * customer's own staff or servers give that address something.
 */
describe('an account of somebody who never proved its address', { skip: cannotOperate }, () => {
  let operator: string
  let team: Team
  let secretKey: string

  before(async () => {
    operator = await operatorToken()
    team = await openTeam(site, 'Unproved')
    const made = await operate(operator, 'POST', '/keys', {
      kind: 'secret',
      name: 'unproved-test',
      scopes: ['organizations:write', 'users:write'],
    })
    secretKey = made.body.key
  })

  const squat = async () => {
    const email = `victim-${randomBytes(5).toString('hex')}@example.com`
    await must(site, 201, 'POST', '/auth/signup', { body: { email, password: STRANGERS } })
    return email
  }
  const signIn = (email: string, password: string) =>
    call(site, 'POST', '/auth/login', { body: { email, password } })
  const send = async (user: object, onConflict: string) =>
    (await operate(operator, 'POST', '/users/import', { users: [user], onConflict })).body
      .results[0]
  const isMember = async (email: string) =>
    (
      await onLiveDatabase(
        'select from memberships m join users u on u.id = m.user_id where u.email = $1',
        [email],
      )
    ).length > 0
  const addByBackend = (user: object) =>
    call(site, 'POST', `/backend/organizations/${team.id}/members`, {
      key: '',
      headers: { 'X-AuthStack-Secret': secretKey },
      body: { user, role: 'admin' },
    })

  test('is not what an import vouches for: the password of the stranger dies with it', async () => {
    const email = await squat()
    const result = await send(
      { email, emailVerified: true, password: { hash: IMPORTED_HASH }, organization: team.id },
      'update',
    )
    assert.deepEqual([result.outcome, result.password, result.joined], ['updated', 'kept', true])
    assert.equal(
      (await signIn(email, STRANGERS)).status,
      401,
      'the stranger is the imported person',
    )
    assert.equal((await signIn(email, IMPORTED)).status, 200)
  })

  test('also when the import brings no password', async () => {
    const email = await squat()
    assert.equal((await send({ email, emailVerified: true }, 'update')).password, 'none')
    assert.equal((await signIn(email, STRANGERS)).status, 401)
  })

  test('is given no membership by an import that leaves it as it is', async () => {
    for (const onConflict of ['skip', 'update']) {
      const email = await squat()
      const result = await send({ email, organization: team.id, role: 'admin' }, onConflict)
      assert.deepEqual([result.joined, result.fault?.code], [false, 'address_unproved'], onConflict)
      assert.equal(await isMember(email), false)
    }
  })

  test('is given no membership by a backend that means the address', async () => {
    const email = await squat()
    const refused = await addByBackend({ email })
    assert.deepEqual([refused.status, refused.body.code], [403, 'email_not_verified'])
    assert.equal(await isMember(email), false)
  })

  test('a person who proved it before keeps the password that they chose', async () => {
    const { email, password } = team.owner
    const result = await send(
      { email, emailVerified: true, password: { hash: IMPORTED_HASH } },
      'update',
    )
    assert.equal(result.password, 'chosen_here')
    assert.equal((await signIn(email, password)).status, 200)
    assert.equal((await signIn(email, IMPORTED)).status, 401)
  })

  test('the password of a sign-up that died is not that of the person made in its place', async () => {
    const email = await squat()
    // As if the process had died between Keycloak and its last transaction.
    await onLiveDatabase(`update users set state = 'pending' where email = $1`, [email])
    const made = await call(site, 'POST', '/backend/users', {
      key: '',
      headers: { 'X-AuthStack-Secret': secretKey },
      body: { email, emailVerified: true },
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    assert.equal((await signIn(email, STRANGERS)).status, 401)
  })
})
