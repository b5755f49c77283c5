import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { signWebhook } from './sign-webhook.ts'

const secret = () => `whsec_${randomBytes(32).toString('base64')}`
const body = '{"type":"member.removed","data":{"name":"Zoë"}}'
const now = () => Math.floor(Date.now() / 1000)

test('the verifier of Standard Webhooks accepts what we sign', () => {
  const mine = secret()
  const headers = signWebhook(mine, { id: 'evt_1', timestampSeconds: now(), body })
  assert.deepEqual(new Webhook(mine).verify(body, headers), JSON.parse(body))
})

test('it refuses another body, another id, another secret and an old time', () => {
  const mine = secret()
  const headers = signWebhook(mine, { id: 'evt_1', timestampSeconds: now(), body })
  const refused = (run: () => unknown) => assert.throws(run, /No matching signature|too old/)
  refused(() => new Webhook(mine).verify(body.replace('Zoë', 'Bob'), headers))
  refused(() => new Webhook(mine).verify(body, { ...headers, 'webhook-id': 'evt_2' }))
  refused(() => new Webhook(secret()).verify(body, headers))
  const old = signWebhook(mine, { id: 'evt_1', timestampSeconds: now() - 3600, body })
  refused(() => new Webhook(mine).verify(body, old))
})

test('while a secret is changed, holders of the old and of the new one both accept', () => {
  const [before, after] = [secret(), secret()]
  const headers = signWebhook(`${after} ${before}`, { id: 'e', timestampSeconds: now(), body })
  for (const one of [before, after]) assert.ok(new Webhook(one).verify(body, headers))
})

test('what is no secret of Standard Webhooks is refused, and not repeated in the error', () => {
  for (const wrong of ['', 'hunter2hunter2', 'whsec_dG9vc2hvcnQ=', `${secret()} whsec_%%%`]) {
    assert.throws(
      () => signWebhook(wrong, { id: 'e', timestampSeconds: now(), body }),
      (error: Error) =>
        /base64 of 24 to 64/.test(error.message) && !/hunter2|dG9v/.test(error.message),
    )
  }
})
