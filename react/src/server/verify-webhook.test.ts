// @vitest-environment node
import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { verifyWebhook } from './verify-webhook.ts'
import { isMemberEvent } from './webhook-events.ts'

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`
const secret = newSecret()
const id = 'evt-0b7f'
const sentAt = new Date('2026-01-02T03:04:05Z')
const now = () => sentAt.getTime() + 10_000
const body = JSON.stringify({
  type: 'member.joined',
  timestamp: '2026-01-02T03:04:04.123Z',
  data: {
    organizationId: 'o1',
    actor: { kind: 'user', id: 'u1' },
    target: { kind: 'user', id: 'u2' },
    role: 'admin',
  },
})

/** As the reference library of Standard Webhooks signs. */
const sign = (by = secret, text = body, at = sentAt) => new Webhook(by).sign(id, at, text)

const headers = (more: Record<string, string> = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(sentAt.getTime() / 1000),
  'webhook-signature': sign(),
  ...more,
})

const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name
  }
  return 'taken'
}

describe('what the reference library signs', () => {
  test('is taken, as text and as bytes, from headers of fetch and of Node', () => {
    const event = verifyWebhook(body, headers(), secret, { now })
    expect(event).toMatchObject({ id, type: 'member.joined', data: { organizationId: 'o1' } })
    if (!isMemberEvent(event)) throw new Error('not about a member')
    expect(event.data.target.id).toBe('u2')
    verifyWebhook(Buffer.from(body), new Headers(headers()), [secret], { now })
  })

  test('and what it refuses is refused here', () => {
    const faults: [string, string, Record<string, string>][] = [
      ['another body', `${body} `, {}],
      ['another id', body, { 'webhook-id': 'evt-other' }],
      ['another time', body, { 'webhook-timestamp': String(sentAt.getTime() / 1000 + 1) }],
      ['another secret', body, { 'webhook-signature': sign(newSecret()) }],
      ['another version', body, { 'webhook-signature': sign().replace('v1,', 'v2,') }],
      ['no version', body, { 'webhook-signature': sign().replace('v1,', '') }],
      ['a cut signature', body, { 'webhook-signature': sign().slice(0, -8) }],
      ['an empty signature', body, { 'webhook-signature': 'v1,' }],
    ]
    for (const [name, text, change] of faults) {
      const sent = headers(change)
      expect(
        codeOf(() => verifyWebhook(text, sent, secret, { now })),
        name,
      ).toBe('webhook_signature_wrong')
      const seen = { ...sent, 'webhook-timestamp': sent['webhook-timestamp'] }
      expect(() => new Webhook(secret).verify(text, seen), name).toThrow()
    }
  })
})

describe('while the secret is changed', () => {
  test('any of several signatures is enough, and any of two secrets', () => {
    const next = newSecret()
    const both = headers({ 'webhook-signature': `${sign(newSecret())} ${sign(next)}` })
    expect(codeOf(() => verifyWebhook(body, both, [secret, next], { now }))).toBe('taken')
    expect(codeOf(() => verifyWebhook(body, headers(), [next, secret], { now }))).toBe('taken')
    expect(codeOf(() => verifyWebhook(body, headers(), [next], { now }))).toBe(
      'webhook_signature_wrong',
    )
  })
})

describe('time', () => {
  const at = (seconds: number, options = {}) =>
    codeOf(() =>
      verifyWebhook(body, headers(), secret, {
        now: () => sentAt.getTime() + seconds * 1000,
        ...options,
      }),
    )

  test('a webhook of an hour ago, or of the future, is a replay', () => {
    expect([at(-301), at(-299), at(299), at(301)]).toEqual([
      'webhook_too_old',
      'taken',
      'taken',
      'webhook_too_old',
    ])
    expect(at(31, { toleranceSeconds: 30 })).toBe('webhook_too_old')
  })

  test('what is no time is refused, not taken for now', () => {
    for (const time of ['', 'NaN', '1e99', '-1', ' 1', 'Infinity']) {
      const sent = headers({ 'webhook-timestamp': time })
      expect(codeOf(() => verifyWebhook(body, sent, secret, { now }))).not.toBe('taken')
    }
  })
})

test('a missing header, a body that is no event, a secret that is not set', () => {
  for (const name of Object.keys(headers())) {
    const { [name as 'webhook-id']: _gone, ...rest } = headers()
    expect(codeOf(() => verifyWebhook(body, rest, secret, { now }))).toBe('webhook_incomplete')
  }
  for (const text of ['not json', '[]', '{"type":1}', '{"type":"a","timestamp":"b"}']) {
    const sent = headers({ 'webhook-signature': sign(secret, text) })
    expect(codeOf(() => verifyWebhook(text, sent, secret, { now }))).toBe('webhook_body_invalid')
  }
  for (const unset of ['', 'whsec_', undefined as never, []]) {
    expect(codeOf(() => verifyWebhook(body, headers(), unset, { now }))).not.toBe('taken')
  }
})
