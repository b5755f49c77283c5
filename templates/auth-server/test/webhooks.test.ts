import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { OperatorContext } from '../src/http/context.ts'
import { enqueueMail } from '../src/mail/enqueue-mail.ts'
import { cleanUp } from '../src/operations/clean-up.ts'
import { startOutbox } from '../src/outbox/outbox.ts'
import { enableEndpoint } from '../src/webhooks/enable-endpoint.ts'
import { enqueueDeliveries, type WebhookEvent } from '../src/webhooks/enqueue-deliveries.ts'
import { listDeliveries } from '../src/webhooks/list-deliveries.ts'
import { listEndpoints } from '../src/webhooks/list-endpoints.ts'
import { replayDeliveries } from '../src/webhooks/replay-deliveries.ts'
import { replayDelivery } from '../src/webhooks/replay-delivery.ts'
import { showDelivery } from '../src/webhooks/show-delivery.ts'
import { testEndpoint } from '../src/webhooks/test-endpoint.ts'
import { webhookHandler } from '../src/webhooks/webhook-handler.ts'
import { endpointId } from '../src/webhooks/webhook-settings.ts'
import { readInstance, superuserUrl } from './support/instance.ts'
import { type OwnRedis, redisProgram, startOwnRedis } from './support/own-redis.ts'
import { mode, openTenantWorld, type TenantWorld } from './support/tenant-world.ts'
import { openReceiver, type Receiver } from './support/webhook-receiver.ts'

const superuser = superuserUrl()
const program = redisProgram(readInstance())

describe('webhooks', {
  skip: !(superuser && program) && 'no PostgreSQL or no Redis of the instance on this computer',
}, () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const secrets: Record<string, string> = { FIRST_SECRET: secret, SECOND_SECRET: secret }
  let world: TenantWorld
  let redis: OwnRedis
  let first: Receiver
  let second: Receiver
  let outbox: { stop(): Promise<void> }
  let context: OperatorContext
  before(async () => {
    ;[first, second] = await Promise.all([openReceiver(), openReceiver()])
    world = await openTenantWorld(superuser as string, {
      webhooks: [
        { url: first.url, events: ['member.*', 'alert.*'], secret: 'FIRST_SECRET' },
        { url: second.url, events: ['*'], secret: 'SECOND_SECRET' },
        { url: `${second.url}/test`, events: ['*'], secret: 'SECOND_SECRET', mode: 'test' },
      ],
    })
    redis = await startOwnRedis(program as string)
    const env = {
      listen: { host: '127.0.0.1', port: 0 },
      redisUrl: redis.url,
      project: 'webhook-test',
      environment: 'local',
      secret: (name: string) => secrets[name] ?? null,
    }
    Object.assign(world.services, { env })
    outbox = startOutbox(world.services, [webhookHandler(world.services, { timeoutMs: 2500 })])
    context = {
      services: world.services,
      mode,
      operator: { id: randomUUID(), name: 'test' },
      ip: '127.0.0.1',
      requestId: 'test',
    } as unknown as OperatorContext
  })
  beforeEach(async () => {
    for (const receiver of [first, second]) {
      receiver.received.length = 0
      receiver.answer = () => ({ status: 204 })
    }
    const hub = world.db.hubQuery(mode)
    await hub('outbox').delete()
    await hub('webhook_deliveries').delete()
    await hub('webhook_endpoints').delete()
  })
  after(async () => {
    await outbox?.stop()
    await Promise.all([first?.close(), second?.close(), redis?.close()])
    await world?.close()
  })

  const event = (changes: Partial<WebhookEvent> = {}): WebhookEvent => ({
    id: randomUUID(),
    type: 'member.removed',
    organizationId: randomUUID(),
    createdAt: new Date(),
    data: { userId: randomUUID() },
    ...changes,
  })
  const emit = (...events: WebhookEvent[]) =>
    world.db.hub(mode, (trx) => enqueueDeliveries(world.services, mode, trx, events))
  const deliveries = (where: Record<string, unknown> = {}) =>
    world.db.hubQuery(mode)('webhook_deliveries').where(where).orderBy('created_at')
  /** As if the pause before the next try were over. */
  const hurry = async () => {
    const hub = world.db.hubQuery(mode)
    await hub('outbox').whereNull('sent_at').update({ available_at: hub.fn.now() })
    await hub.raw('notify outbox')
  }
  async function until(what: () => Promise<boolean> | boolean, seconds = 8): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(40)) {
      if (await what()) return
    }
    assert.fail(`not within ${seconds} s: ${what}`)
  }

  test('a committed event reaches those who want it, signed as Standard Webhooks says', async () => {
    const one = event()
    const other = event({ type: 'organization.created', organizationId: null })
    await emit(one, other)
    await until(() => first.received.length === 1 && second.received.length === 2)
    const [call] = first.received
    assert.ok(call)
    assert.equal(call.headers['webhook-id'], one.id)
    assert.deepEqual(new Webhook(secret).verify(call.body, call.headers), {
      type: 'member.removed',
      timestamp: new Date(one.createdAt).toISOString(),
      data: { ...one.data, organizationId: one.organizationId },
    })
    await until(async () => (await deliveries({ state: 'delivered' })).length === 3)
  })

  test('a tenant leaves events in its own transaction, and cannot read what was left', async () => {
    const owner = await world.newUser()
    const organizationId = await world.newOrganization(owner.id)
    const one = event({ organizationId })
    const failed = world.db.tenantTransaction(mode, organizationId, async (trx) => {
      await enqueueDeliveries(world.services, mode, trx, [event({ organizationId })])
      throw new Error('rolled back')
    })
    await assert.rejects(failed, /rolled back/)
    await world.db.tenantTransaction(mode, organizationId, (trx) =>
      enqueueDeliveries(world.services, mode, trx, [one]),
    )
    await until(() => first.received.length === 1)
    assert.equal(first.received[0]?.headers['webhook-id'], one.id)
    for (const table of ['webhook_deliveries', 'webhook_attempts', 'outbox']) {
      const read = world.db.tenantTransaction(mode, organizationId, (trx) => trx(table).first('*'))
      await assert.rejects(read, /permission denied/, table)
    }
  })

  test('the same event twice is one delivery', async () => {
    const one = event()
    await emit(one)
    await emit(one)
    await until(() => first.received.length > 0)
    await sleep(400)
    assert.equal(first.received.length, 1)
  })

  test('live data does not reach an endpoint for test data', async () => {
    await emit(event())
    await until(async () => (await deliveries()).length === 2)
    const ids = (await deliveries()).map((row) => row.endpoint_id)
    assert.ok(!ids.includes(endpointId({ url: `${second.url}/test`, mode: 'test' })))
  })

  test('an endpoint that fails is tried again with the same id, signed for the new time', async () => {
    let calls = 0
    first.answer = () => ({ status: ++calls === 1 ? 500 : 200, body: 'hm' })
    await emit(event())
    const ofFirst = { endpoint_id: endpointId(first) }
    await until(async () => (await deliveries({ ...ofFirst, attempts: 1 })).length > 0)
    const [waiting] = await deliveries(ofFirst)
    const pause = (waiting.next_attempt_at.getTime() - Date.now()) / 1000
    assert.ok(pause > 3 && pause < 7, `next try in ${pause} s`)
    await sleep(1100)
    await hurry()
    await until(() => first.received.length === 2)
    const [before, later] = first.received as [Receiver['received'][0], Receiver['received'][0]]
    assert.equal(later.headers['webhook-id'], before.headers['webhook-id'])
    assert.equal(later.body, before.body)
    assert.ok(
      Number(later.headers['webhook-timestamp']) > Number(before.headers['webhook-timestamp']),
    )
    assert.ok(new Webhook(secret).verify(later.body, later.headers))
    await until(async () => (await deliveries({ id: waiting.id }))[0].state === 'delivered')
    const shown = await showDelivery.run(context, {
      params: { deliveryId: waiting.id },
      query: {},
      body: undefined,
    })
    assert.deepEqual(
      shown.calls.map(({ attempt, status, response }) => [attempt, status, response]),
      [
        [1, 500, 'hm'],
        [2, 200, 'hm'],
      ],
    )
  })

  test('after the last try a delivery is given up, and said so', async () => {
    first.answer = () => ({ status: 503 })
    await emit(event())
    await until(async () => (await deliveries({ attempts: 1, state: 'pending' })).length === 1)
    await world.db.hubQuery(mode)('outbox').whereNull('sent_at').update({ attempts: 9 })
    await hurry()
    await until(async () => (await deliveries({ state: 'failed' })).length === 1)
  })

  test('410 disables an endpoint; enabled again, what it missed is replayed', async () => {
    first.answer = () => ({ status: 410 })
    await emit(event())
    await until(async () => (await deliveries({ state: 'failed' })).length === 1)
    await emit(event())
    await until(async () => (await deliveries({ state: 'skipped' })).length === 1)
    assert.equal(first.received.length, 1, 'nothing is sent to it any more')
    const list = await listEndpoints.run(context, { params: undefined, query: {}, body: undefined })
    const disabled = list.data.find((one) => one.id === endpointId(first))
    assert.match(String(disabled?.disabledReason), /410/)
    first.answer = () => ({ status: 200 })
    const params = { endpointId: endpointId(first) }
    await enableEndpoint.run(context, { params, query: {}, body: undefined })
    const span = {
      since: new Date(Date.now() - 60_000).toISOString(),
      until: new Date(Date.now() + 60_000).toISOString(),
    }
    const { replayed } = await replayDeliveries.run(context, {
      params: undefined,
      query: {},
      body: span,
    })
    assert.equal(replayed, 2)
    await until(() => first.received.length === 3)
    await until(async () => (await deliveries({ state: 'delivered' })).length === 4)
  })

  test('one delivery is replayed with the id it had; one that waits goes at once', async () => {
    const one = event()
    await emit(one)
    await until(async () => (await deliveries({ state: 'delivered' })).length === 2)
    const [row] = await deliveries({ endpoint_id: endpointId(first) })
    const again = () =>
      replayDelivery.run(context, { params: { deliveryId: row.id }, query: {}, body: undefined })
    first.answer = () => ({ status: 500 })
    await again()
    await until(() => first.received.length === 2)
    assert.equal(first.received[1]?.headers['webhook-id'], one.id)
    await until(async () => (await deliveries({ id: row.id }))[0].attempts === 2)
    first.answer = () => ({ status: 200 })
    await again()
    await until(() => first.received.length === 3, 3)
    await until(async () => (await deliveries({ id: row.id }))[0].state === 'delivered')
    const params = { deliveryId: randomUUID() }
    const none = replayDelivery.run(context, { params, query: {}, body: undefined })
    await assert.rejects(none, { code: 'not_found' })
  })

  test('a missing secret sends nothing unsigned, and the log says which', async () => {
    secrets.FIRST_SECRET = undefined as unknown as string
    await emit(event())
    await until(async () => (await deliveries({ attempts: 1, state: 'pending' })).length === 1)
    secrets.FIRST_SECRET = secret
    const { data } = await listDeliveries.run(context, {
      params: undefined,
      query: { limit: 10, state: 'pending' },
      body: undefined,
    })
    assert.deepEqual(data[0]?.lastError, 'The secret FIRST_SECRET is not set')
    assert.equal(first.received.length, 0)
  })

  test('a test event is sent at once and leaves no delivery', async () => {
    first.answer = () => ({ status: 418, body: 'teapot' })
    const result = await testEndpoint.run(context, {
      params: { endpointId: endpointId(first) },
      query: {},
      body: undefined,
    })
    assert.deepEqual([result.status, result.response], [418, 'teapot'])
    const [call] = first.received
    assert.ok(call && new Webhook(secret).verify(call.body, call.headers))
    assert.deepEqual(await deliveries(), [])
  })

  test('no secret, signature or mailed token is in a dump of the database', async () => {
    // The worst receiver: it answers with everything it was sent.
    first.answer = (call) => ({ status: 500, body: JSON.stringify(call) })
    await emit(event())
    await until(async () => (await deliveries({ attempts: 1, state: 'pending' })).length === 1)
    const token = 'planted-mail-token-8f2b'
    await world.db.hub(mode, (trx) =>
      enqueueMail(world.services, trx, {
        template: 'password-reset',
        to: 'ada@example.com',
        data: {},
        token,
      }),
    )
    const dump = await dumpDatabase()
    assert.ok(dump.includes('ada@example.com') && dump.includes('webhook-id'), 'the dump has rows')
    const signature = String(first.received[0]?.headers['webhook-signature'])
    for (const planted of [secret, secret.slice(6), signature, signature.slice(3), token]) {
      const hex = Buffer.from(planted).toString('hex')
      assert.ok(!dump.includes(planted) && !dump.includes(hex), planted.slice(0, 6))
    }
  })

  test('deliveries and their log go after thirty days', async () => {
    await emit(event())
    await until(async () => (await deliveries({ state: 'delivered' })).length === 2)
    const hub = world.db.hubQuery(mode)
    await hub('webhook_deliveries')
      .where('endpoint_id', endpointId(first))
      .update({ created_at: hub.raw(`now() - interval '31 days'`) })
    await cleanUp(hub)
    assert.equal((await deliveries()).length, 1)
    assert.equal((await hub('webhook_attempts')).length, 1)
  })

  // Last: calls still hang when it ends.
  test('an endpoint that hangs does not hold up the others', async () => {
    first.answer = () => 'hang'
    await emit(...Array.from({ length: 30 }, () => event()))
    const startedAt = Date.now()
    await until(() => second.received.length === 30)
    assert.ok(Date.now() - startedAt < 6000, `${Date.now() - startedAt} ms`)
    const calls = first.received.length
    assert.ok(calls < 30, `${calls} calls to the hanging one`)
    // It is known by now: two at a time, and the rest of the places are for others.
    await emit(...Array.from({ length: 30 }, () => event()))
    await until(() => second.received.length === 60)
    assert.ok(first.received.length <= calls + 4)
    first.answer = () => ({ status: 200 })
  })

  /** Every row of every table as text, as `pg_dump` would write it. */
  async function dumpDatabase(): Promise<string> {
    const hub = world.db.hubQuery(mode)
    const { rows } = await hub.raw(
      `select tablename from pg_tables where schemaname = 'public'
         and has_table_privilege(format('%I.%I', schemaname, tablename), 'select')`,
    )
    const texts = await Promise.all(
      rows.map(async ({ tablename }: { tablename: string }) => {
        const { rows } = await hub.raw('select t::text as row from ?? t', [tablename])
        return rows.map((one: { row: string }) => one.row).join('\n')
      }),
    )
    return texts.join('\n')
  }
})
