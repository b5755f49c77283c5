import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { before, describe, test } from 'node:test'
import { type Answer, call, mailedToken, must, readInstance } from './support/instance.ts'
import { assertMasked } from './support/masked.ts'
import { createOrganization, type Person, signUp, tokenFor } from './support/person.ts'

const instance = readInstance()

describe('departments over HTTP', {
  skip: !instance && 'AUTHSTACK_TEST_INSTANCE is not set',
}, () => {
  if (!instance) return
  const tag = randomBytes(4).toString('hex')
  let owner: Person
  let viewer: Person
  let stranger: Person
  let org: string
  let token: string
  let viewerToken: string
  let foreign: string
  let strangerToken: string

  before(async () => {
    ;[owner, viewer, stranger] = await Promise.all([
      signUp(instance, 'Dora'),
      signUp(instance, 'Vera'),
      signUp(instance, 'Sten'),
    ])
    const orgId = await createOrganization(instance, owner, `Teams ${tag}`)
    org = `/organizations/${orgId}/departments`
    token = await tokenFor(instance, owner, orgId)
    await must(instance, 201, 'POST', `/organizations/${orgId}/invitations`, {
      token,
      body: { email: viewer.email, role: 'viewer' },
    })
    await must(instance, 200, 'POST', '/invitations/accept', {
      token: viewer.hubToken,
      body: { token: await mailedToken(instance, viewer.email, 'Join') },
    })
    viewerToken = await tokenFor(instance, viewer, orgId)
    const foreignId = await createOrganization(instance, stranger, `Others ${tag}`)
    foreign = `/organizations/${foreignId}/departments`
    strangerToken = await tokenFor(instance, stranger, foreignId)
  })

  const make = async (name: string, parentId: string | null = null): Promise<string> =>
    (await must(instance, 201, 'POST', org, { token, body: { name, parentId } })).body.id
  const move = (id: string, parentId: string | null) =>
    call(instance, 'PATCH', `${org}/${id}`, { token, body: { parentId } })
  const codeOf = ({ body }: Answer) => body.errors?.[0]?.code

  test('they nest, are renamed and moved, and the list tells the tree', async () => {
    const sales = await make('Sales')
    const north = await make('North', sales)
    const moved = await must(instance, 200, 'PATCH', `${org}/${north}`, {
      token,
      body: { name: 'North East', parentId: null },
    })
    assert.equal(moved.body.parentId, null)
    assert.equal(moved.body.name, 'North East')
    await move(north, sales)
    const list = await must(instance, 200, 'GET', org, { token })
    const found = list.body.data.find((one: { id: string }) => one.id === north)
    assert.equal(found.parentId, sales)
    const first = await must(instance, 200, 'GET', `${org}?limit=1`, { token })
    assert.equal(first.body.page.hasMore, true)
    const next = await must(
      instance,
      200,
      'GET',
      `${org}?limit=1&after=${first.body.page.nextCursor}`,
      { token },
    )
    assert.notEqual(next.body.data[0].id, first.body.data[0].id)
  })

  test('two of one name stand nowhere side by side, in no spelling', async () => {
    const parent = await make(`Parent ${tag}`)
    await make('Support', parent)
    const twin = await call(instance, 'POST', org, {
      token,
      body: { name: 'sUPPORT', parentId: parent },
    })
    assert.equal(twin.status, 409)
    assert.equal(codeOf(twin), 'department_taken')
    await make('Support')
    const again = await call(instance, 'POST', org, { token, body: { name: 'Support' } })
    assert.equal(again.status, 409)
  })

  test('a department cannot be part of itself, directly or by way of others', async () => {
    const top = await make(`Top ${tag}`)
    const inside = await make(`Middle ${tag}`, top)
    const deep = await make(`Deep ${tag}`, inside)
    for (const parent of [top, inside, deep]) {
      const answer = await move(top, parent)
      assert.equal(answer.status, 409, parent)
      assert.equal(codeOf(answer), 'department_cycle')
    }
  })

  test('two moves at the same moment make no circle', async () => {
    for (let round = 0; round < 10; round++) {
      const a = await make(`A ${tag} ${round}`)
      const b = await make(`B ${tag} ${round}`)
      const answers = await Promise.all([move(a, b), move(b, a)])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
    }
  })

  test('ten levels and no more, whether made or moved there', async () => {
    let parent: string | null = null
    const chain: string[] = []
    for (let level = 1; level <= 10; level++) {
      parent = await make(`Level ${level} ${tag}`, parent)
      chain.push(parent)
    }
    const eleventh = await call(instance, 'POST', org, {
      token,
      body: { name: 'Level 11', parentId: parent },
    })
    assert.equal(codeOf(eleventh), 'department_too_deep')
    const tall = await make(`Tall ${tag}`)
    await make(`Child ${tag}`, tall)
    assert.equal(codeOf(await move(tall, chain[8] as string)), 'department_too_deep')
    assert.equal((await move(tall, chain[7] as string)).status, 200)
  })

  test('members go in and out, and leave with their membership', async () => {
    const team = await make(`Team ${tag}`)
    const url = `${org}/${team}/members`
    await must(instance, 204, 'PUT', `${url}/${owner.userId}`, { token })
    await must(instance, 204, 'PUT', `${url}/${owner.userId}`, { token })
    const list = await must(instance, 200, 'GET', url, { token })
    assert.deepEqual(
      list.body.data.map((one: { userId: string }) => one.userId),
      [owner.userId],
    )
    assert.equal(
      (await must(instance, 200, 'GET', `${org}/${team}`, { token })).body.membersCount,
      1,
    )
    for (const id of [stranger.userId, randomUUID()]) {
      const answer = await call(instance, 'PUT', `${url}/${id}`, { token })
      await assertMasked(instance, answer, { token }, 'a person who is no member')
    }
    await must(instance, 204, 'DELETE', `${url}/${owner.userId}`, { token })
    const gone = await call(instance, 'DELETE', `${url}/${owner.userId}`, { token })
    assert.equal(gone.status, 404)

    const guest = await signUp(instance, 'Gast')
    const members = org.replace('/departments', '')
    await must(instance, 201, 'POST', `${members}/invitations`, {
      token,
      body: { email: guest.email, role: 'member' },
    })
    await must(instance, 200, 'POST', '/invitations/accept', {
      token: guest.hubToken,
      body: { token: await mailedToken(instance, guest.email, 'Join') },
    })
    await must(instance, 204, 'PUT', `${url}/${guest.userId}`, { token })
    await must(instance, 204, 'DELETE', `${members}/members/${guest.userId}`, { token })
    assert.deepEqual((await must(instance, 200, 'GET', url, { token })).body.data, [])
  })

  test('one that is not empty goes only when its content has a place', async () => {
    const old = await make(`Old ${tag}`)
    const child = await make(`Inner ${tag}`, old)
    const other = await make(`Other ${tag}`)
    await must(instance, 204, 'PUT', `${org}/${old}/members/${owner.userId}`, { token })
    const refused = await call(instance, 'DELETE', `${org}/${old}`, { token })
    assert.equal(refused.status, 409)
    assert.equal(codeOf(refused), 'department_in_use')
    for (const into of [old, child, randomUUID()]) {
      const answer = await call(instance, 'DELETE', `${org}/${old}?moveTo=${into}`, { token })
      assert.ok([400, 409].includes(answer.status), `moved into ${into}: ${answer.status}`)
    }
    await must(instance, 204, 'DELETE', `${org}/${old}?moveTo=${other}`, { token })
    assert.equal((await call(instance, 'GET', `${org}/${old}`, { token })).status, 404)
    const kept = await must(instance, 200, 'GET', `${org}/${child}`, { token })
    assert.equal(kept.body.parentId, other)
    const members = await must(instance, 200, 'GET', `${org}/${other}/members`, { token })
    assert.equal(members.body.data[0].userId, owner.userId)
  })

  test("another organization's departments are not there", async () => {
    const theirs = await must(instance, 201, 'POST', foreign, {
      token: strangerToken,
      body: { name: 'Secret team' },
    })
    const { id } = theirs.body
    const mine = await make(`Mine ${tag}`)
    const tries: [string, string, unknown?][] = [
      ['GET', `${org}/${id}`],
      ['PATCH', `${org}/${id}`, { name: 'Taken over' }],
      ['DELETE', `${org}/${id}`],
      ['GET', `${org}/${id}/members`],
      ['PUT', `${org}/${id}/members/${owner.userId}`],
      ['DELETE', `${org}/${id}/members/${stranger.userId}`],
    ]
    for (const [method, path, body] of tries) {
      const answer = await call(instance, method, path, { token, body })
      await assertMasked(instance, answer, { token }, `${method} ${path}`)
    }
    const [foreignParent, absentParent] = [await move(mine, id), await move(mine, randomUUID())]
    assert.equal(foreignParent.status, 400)
    assert.deepEqual(
      { ...foreignParent.body, requestId: '' },
      { ...absentParent.body, requestId: '' },
    )
    const list = await must(instance, 200, 'GET', org, { token })
    assert.ok(!JSON.stringify(list.body).includes('Secret team'))
  })

  test('a viewer, whose role does not say so, neither sees nor changes them', async () => {
    const tries: [string, string, unknown?][] = [
      ['GET', org],
      ['POST', org, { name: 'Mine' }],
      ['PATCH', `${org}/${randomUUID()}`, { name: 'Mine' }],
      ['DELETE', `${org}/${randomUUID()}`],
      ['PUT', `${org}/${randomUUID()}/members/${viewer.userId}`],
    ]
    for (const [method, path, body] of tries) {
      const answer = await call(instance, method, path, { token: viewerToken, body })
      assert.equal(answer.status, 403, `${method} ${path}`)
      assert.equal(answer.body.code, 'permission_denied')
    }
  })
})
