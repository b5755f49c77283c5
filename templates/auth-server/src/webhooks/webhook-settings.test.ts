import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpointId, wants, webhookSettings } from './webhook-settings.ts'

test('a pattern takes its own events and no others', () => {
  assert.ok(wants(['member.removed'], 'member.removed'))
  assert.ok(wants(['organization.created', 'member.*'], 'member.removed'))
  assert.ok(wants(['*'], 'alert.password_spray'))
  assert.ok(!wants(['member.*'], 'members.export'))
  assert.ok(!wants(['member'], 'member.removed'))
  assert.ok(!wants([], 'member.removed'))
})

test('an endpoint keeps its id over deploys; another URL or mode is another endpoint', () => {
  const url = 'https://a.example/hooks'
  assert.equal(endpointId({ url }), endpointId({ url, mode: 'live' }))
  assert.notEqual(endpointId({ url }), endpointId({ url, mode: 'test' }))
  assert.notEqual(endpointId({ url }), endpointId({ url: `${url}2` }))
})

test('a URL with a password in it, a secret instead of its name, and an odd event are refused', () => {
  const good = { url: 'https://a.example/x?y=1', events: ['member.*'], secret: 'WEBHOOK_SECRET' }
  assert.ok(webhookSettings.safeParse(good).success)
  for (const wrong of [
    { url: 'https://u:p@a.example/' },
    { url: 'ftp://a.example/' },
    { secret: 'whsec_abc' },
    { events: ['Member Removed'] },
    { events: [] },
  ]) {
    assert.ok(!webhookSettings.safeParse({ ...good, ...wrong }).success, JSON.stringify(wrong))
  }
})
