import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyContext } from '../http/context.ts'
import { checkReturnUrl } from './return-url.ts'

const context = {
  key: { origins: ['https://app.example.com'] },
  services: {
    settings: { allowedOrigins: ['https://two.example.com'] },
    env: { publicUrl: 'https://auth.example.com' },
  },
} as unknown as KeyContext

test('a payment page leads back to an origin of the project, as we understood it', () => {
  for (const [sent, back] of [
    ['https://app.example.com/billing?x=1', 'https://app.example.com/billing?x=1'],
    ['https://two.example.com', 'https://two.example.com/'],
    ['https://app.example.com\\@evil.example', 'https://app.example.com/@evil.example'],
  ] as const) {
    assert.equal(checkReturnUrl(context, sent), back)
  }
})

test('and nowhere else', () => {
  for (const url of [
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://app.example.com:8443/',
    'http://app.example.com/',
    'https://evil.example/#https://app.example.com',
    'https://app.example.com\t.evil.example/',
  ]) {
    assert.throws(() => checkReturnUrl(context, url), { code: 'invalid_request' }, url)
  }
})
