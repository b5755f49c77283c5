import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { instance } from './support/identity.ts'
import { cannotOperate, operate, operatorToken } from './support/operate.ts'
import { cannotStartApi, type OwnApi, startApi } from './support/start-api.ts'
import { openReceiver, type Receiver } from './support/webhook-receiver.ts'

describe('operators look after what leaves', {
  skip: cannotOperate || cannotStartApi(instance),
}, () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  let receiver: Receiver
  let api: OwnApi
  let token: string
  before(async () => {
    receiver = await openReceiver()
    const webhooks = `webhooks: [{ url: '${receiver.url}', events: ['member.*'], secret: 'HOOK' }]`
    api = await startApi(instance as NonNullable<typeof instance>, {
      settings: (text) =>
        text.replace('webhooks: []', webhooks).replace("locales: ['en']", "locales: ['de', 'en']"),
      credentials: { 'secrets.json': JSON.stringify({ HOOK: secret }) },
    })
    token = await operatorToken()
  })
  after(async () => {
    await api?.stop()
    await receiver?.close()
  })
  const ask = (method: string, path: string, body?: unknown) =>
    operate(token, method, path, body, api.operatorSocket)

  test('the endpoints of the settings are listed, without their secrets', async () => {
    const { status, body } = await ask('GET', '/webhooks')
    assert.equal(status, 200)
    assert.deepEqual(
      body.data.map((one: Record<string, unknown>) => [one.url, one.secret, one.hasSecret]),
      [[receiver.url, 'HOOK', true]],
    )
    assert.ok(!JSON.stringify(body).includes(secret))
    assert.deepEqual((await ask('GET', '/webhooks?mode=test')).body.data, [])
  })

  test('a test event arrives and is signed; an unknown endpoint and a foreign mode are 404', async () => {
    const [{ id }] = (await ask('GET', '/webhooks')).body.data
    const { status, body } = await ask('POST', `/webhooks/${id}/test`)
    assert.deepEqual([status, body.status], [200, 204])
    const [call] = receiver.received
    assert.ok(call)
    const event = new Webhook(secret).verify(call.body, call.headers) as { type: string }
    assert.equal(event.type, 'webhook.test')
    assert.equal((await ask('POST', `/webhooks/${id}/test?mode=test`)).status, 404)
    assert.equal((await ask('POST', '/webhooks/we_000000000000/test')).status, 404)
    assert.equal((await ask('POST', `/webhooks/${id}/enable`)).status, 204)
  })

  test('the delivery log can be asked, paged and replayed, and says what is not there', async () => {
    const { status, body } = await ask('GET', '/webhooks/deliveries?limit=1&state=failed')
    assert.equal(status, 200)
    assert.ok(Array.isArray(body.data))
    const none = randomUUID()
    assert.equal((await ask('GET', `/webhooks/deliveries/${none}`)).status, 404)
    assert.equal((await ask('POST', `/webhooks/deliveries/${none}/replay`)).status, 404)
    assert.equal((await ask('GET', '/webhooks/deliveries?state=lost')).status, 400)
    const span = { since: '2020-01-01T00:00:00Z', until: '2020-01-02T00:00:00Z' }
    const replayed = await ask('POST', '/webhooks/replay', span)
    assert.deepEqual([replayed.status, replayed.body], [202, { replayed: 0 }])
    assert.equal((await ask('POST', '/webhooks/replay', { since: 'yesterday' })).status, 400)
  })

  test('every mail is shown in every language, those of the settings first', async () => {
    const { body } = await ask('GET', '/mail/previews')
    assert.deepEqual(
      body.locales.map((one: { locale: string; isOffered: boolean }) => [
        one.locale,
        one.isOffered,
      ]),
      [
        ['de', true],
        ['en', true],
        ['es', false],
        ['fr', false],
      ],
    )
    const templates = new Set(body.data.map((one: { template: string }) => one.template))
    assert.equal(body.data.length, templates.size * 4)
    assert.ok(templates.has('verify-email') && templates.has('security-alert'))
  })

  test('a test mail arrives, in the first language of the settings', async () => {
    const to = `mail-test-${randomUUID()}@example.com`
    const { status, body } = await ask('POST', '/mail/test', { to })
    assert.deepEqual([status, body.sent, body.provider, body.checks], [200, true, 'mailbox', []])
    const query = encodeURIComponent(`to:${to}`)
    const answer = await fetch(`${instance?.mailbox}/api/v1/search?query=${query}`)
    const found = (await answer.json()) as { messages: { Subject: string }[] }
    assert.match(String(found.messages[0]?.Subject), /^Testmail von /)
  })

  test('nothing of it answers without a token of the operators', async () => {
    for (const path of ['/webhooks', '/webhooks/deliveries', '/mail/previews']) {
      const { status } = await operate('x', 'GET', path, undefined, api.operatorSocket)
      assert.equal(status, 401, path)
    }
  })
})
