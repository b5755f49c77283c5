import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { call, callOk } from '../lib/call.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import { newAddress, newOrganization, newPerson, type Person, unique } from '../lib/people.ts'

describe('creating an organization', () => {
  let person: Person
  before(async () => {
    person = await newPerson('founder')
  })
  const create = (json: unknown, by: Person = person, idempotencyKey?: string) =>
    call('POST', 'organizations', {
      token: by.accessToken,
      json,
      headers: idempotencyKey ? { 'idempotency-key': idempotencyKey } : {},
    })

  test('with a slug that is taken is 409 slug_taken, also in another case', async () => {
    const slug = `taken-${unique()}`
    const first = await create({ name: 'First', slug })
    assert.equal(first.status, 201, first.text)
    const other = await newPerson('other')
    expectProblem(await create({ name: 'Second', slug }, other), 409, 'slug_taken')
    const upper = await create({ name: 'Third', slug: slug.toUpperCase() }, other)
    assert.ok([400, 409].includes(upper.status), upper.text)
    assert.deepEqual((await callOk('GET', 'organizations', { token: other.accessToken })).data, [])
  })

  test('two at once with one slug make one', async () => {
    const slug = `race-${unique()}`
    const [a, b] = await Promise.all([newPerson('a'), newPerson('b')])
    const answers = await Promise.all([
      create({ name: 'One', slug }, a),
      create({ name: 'One', slug }, b),
    ])
    assert.deepEqual(answers.map((one) => one.status).sort(), [201, 409])
  })

  test('a reserved or malformed slug is refused', async () => {
    for (const slug of ['-x', 'a b', '../up', 'ä', 'x'.repeat(200)]) {
      const answer = await create({ name: 'Bad slug', slug })
      expectProblem(answer, 400, 'invalid_request')
    }
  })

  test('a repeated Idempotency-Key answers the first organization and makes no second', async () => {
    const by = await newPerson('repeater')
    const key = randomUUID()
    const name = `Once ${unique()}`
    const first = await create({ name }, by, key)
    assert.equal(first.status, 201, first.text)
    const second = await create({ name }, by, key)
    assert.equal(second.status, 201, second.text)
    assert.deepEqual(second.body, first.body)
    const { data } = await callOk('GET', 'organizations', { token: by.accessToken })
    assert.equal(data.length, 1)
    const changed = await create({ name: `${name} changed` }, by, key)
    assert.ok([409, 422].includes(changed.status), `${changed.status} ${changed.text}`)
  })

  test('one person’s Idempotency-Key shows nothing to another', async () => {
    const [a, b] = await Promise.all([newPerson('a'), newPerson('b')])
    const key = randomUUID()
    const name = `Shared ${unique()}`
    const first = await create({ name }, a, key)
    const second = await create({ name }, b, key)
    assert.equal(second.status, 201, second.text)
    assert.notEqual(second.body.id, first.body.id)
  })

  test('a fourth one is limit_reached', async () => {
    const by = await newPerson('collector')
    for (let count = 0; count < 3; count++) await newOrganization(by)
    expectProblem(await create({ name: 'Fourth' }, by), 409, 'limit_reached')
  })

  test('an unverified address creates none: it cannot even sign in', async () => {
    const email = newAddress('unverified')
    await callOk('POST', 'auth/signup', { json: { email, password: 'Long-enough-1234' } }, 201)
    const login = await call('POST', 'auth/login', {
      json: { email, password: 'Long-enough-1234' },
    })
    expectProblem(login, 403, 'email_not_verified')
  })

  test('the last owner cannot leave, step down or be removed', async () => {
    const by = await newPerson('lonely')
    const { id } = await newOrganization(by)
    const { accessToken: token } = await callOk('POST', 'auth/switch', {
      token: by.accessToken,
      json: { organizationId: id },
    })
    expectProblem(
      await call('POST', `organizations/${id}/leave`, { token, json: {} }),
      409,
      'last_owner',
    )
    const member = `organizations/${id}/members/${by.id}`
    expectProblem(
      await call('PATCH', member, { token, json: { role: 'viewer' } }),
      409,
      'last_owner',
    )
    expectProblem(await call('DELETE', member, { token }), 409, 'last_owner')
  })
})
