import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { afterEach, describe, test } from 'node:test'
import express from 'express'
import { answerProblem } from '../problem.ts'
import { close, listen } from '../testing/fake-instance.ts'
import { signedWebhook } from '../testing/signed-webhook.ts'
import { type Member, type MemberStore, openMemberStore } from './member-store.ts'
import { createMemberSync } from './member-sync.ts'
import { webhookRoute } from './webhook-route.ts'

const secret = `whsec_${randomBytes(32).toString('base64')}`
const ORG = 'org-1'
const member = (userId: string, role = 'member'): Member => ({
  userId,
  email: `${userId}@example.com`,
  name: null,
  role,
  status: 'active',
})

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** The app's route over an instance whose truth the test changes by hand. */
async function open() {
  const truth = new Map<string, Member[]>([[ORG, []]])
  const state = { arrived: 0, readings: 0, isDown: false, pause: null as Promise<void> | null }
  const opened = openMemberStore(':memory:')
  const store: MemberStore = {
    ...opened,
    isSeen(id) {
      state.arrived++
      return opened.isSeen(id)
    },
  }
  const sync = createMemberSync(store, async (organizationId) => {
    state.readings++
    // What is read is what was true when the reading began.
    const members = truth.get(organizationId)?.map((one) => ({ ...one })) ?? null
    await state.pause
    if (state.isDown) throw new Error('the instance is away')
    return members
  })
  const app = express()
  app.use('/hook', webhookRoute({ secret, store, sync }))
  app.use(answerProblem)
  const server = createServer(app)
  const url = `${await listen(server)}/hook`
  ends.push(
    () => store.close(),
    () => close(server),
  )
  const send = async (type: string, how: { id?: string; organizationId?: string | null } = {}) => {
    const sent = signedWebhook(secret, { type, organizationId: ORG, ...how })
    return (await fetch(url, { method: 'POST', headers: sent.headers, body: sent.body })).status
  }
  const users = () => store.list(ORG).map(({ userId, role }) => `${userId} ${role}`)
  return { truth, state, store, send, users, url }
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !isSo(); ) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('the table of members', () => {
  test('is what the instance says once a webhook is answered', async () => {
    const { truth, send, users } = await open()
    truth.set(ORG, [member('ada', 'owner'), member('ben')])
    assert.equal(await send('invitation.accepted'), 204)
    assert.deepEqual(users(), ['ada owner', 'ben member'])
    truth.set(ORG, [member('ada', 'owner')])
    assert.equal(await send('member.removed'), 204)
    assert.deepEqual(users(), ['ada owner'])
    truth.delete(ORG)
    await send('organization.deleted')
    assert.deepEqual(users(), [])
  })

  test('does not mind the order: a late "joined" cannot bring a removed member back', async () => {
    const { truth, send, users } = await open()
    truth.set(ORG, [member('ada', 'owner')])
    await send('member.removed')
    await send('member.joined')
    assert.deepEqual(users(), ['ada owner'])
  })

  test('reads once for a webhook that comes twice', async () => {
    const { truth, state, send } = await open()
    truth.set(ORG, [member('ada')])
    await send('member.joined', { id: 'evt-1' })
    await send('member.joined', { id: 'evt-1' })
    assert.equal(state.readings, 1)
  })

  test('is not left behind by a change that comes while it reads', async () => {
    const { truth, state, send, users } = await open()
    let go = () => {}
    state.pause = new Promise((resolve) => {
      go = resolve
    })
    truth.set(ORG, [member('ada')])
    const first = send('member.joined')
    await until(() => state.readings === 1)
    truth.set(ORG, [member('ada'), member('ben')])
    const more = [send('member.joined'), send('member.joined'), send('member.joined')]
    await until(() => state.arrived === 4)
    go()
    await Promise.all([first, ...more])
    assert.deepEqual(users(), ['ada member', 'ben member'])
    assert.equal(state.readings, 2, 'three changes at once are one more reading')
  })

  test('is not called done when it is not: the instance sends again', async () => {
    const { truth, state, send, users } = await open()
    truth.set(ORG, [member('ada')])
    state.isDown = true
    assert.equal(await send('member.joined', { id: 'evt-9' }), 500)
    state.isDown = false
    assert.equal(await send('member.joined', { id: 'evt-9' }), 204)
    assert.deepEqual(users(), ['ada member'])
  })

  test('is not touched by what is no webhook of the instance', async () => {
    const { state, url } = await open()
    const forged = signedWebhook(`whsec_${randomBytes(32).toString('base64')}`, {
      type: 'member.removed',
      organizationId: ORG,
    })
    const genuine = signedWebhook(secret, { type: 'member.removed', organizationId: ORG })
    const old = signedWebhook(secret, {
      type: 'member.removed',
      organizationId: ORG,
      sentAt: Date.now() - 3_600_000,
    })
    const tries = [
      { headers: forged.headers, body: forged.body },
      { headers: genuine.headers, body: genuine.body.replace(ORG, 'org-2') },
      { headers: old.headers, body: old.body },
      { headers: {}, body: genuine.body },
    ]
    for (const one of tries) {
      assert.equal((await fetch(url, { method: 'POST', ...one })).status, 400)
    }
    assert.equal(state.readings, 0)
  })

  test('of one organization is left alone by events of another, and of none', async () => {
    const { truth, send, users, state } = await open()
    truth.set(ORG, [member('ada')])
    truth.set('org-2', [member('eve')])
    await send('member.joined')
    await send('member.joined', { organizationId: 'org-2' })
    await send('login.succeeded', { organizationId: null })
    assert.deepEqual(users(), ['ada member'])
    assert.equal(state.readings, 2)
  })
})
