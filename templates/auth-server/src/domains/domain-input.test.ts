import assert from 'node:assert/strict'
import { test } from 'node:test'
import { domainInput } from './domain-input.ts'

const read = (text: string) => {
  const parsed = domainInput.safeParse(text)
  return parsed.success ? parsed.data : null
}

test('a domain in any case and script becomes the name that the DNS has', () => {
  assert.equal(read(' Example.COM '), 'example.com')
  assert.equal(read('example.com.'), 'example.com')
  assert.equal(read('München.de'), 'xn--mnchen-3ya.de')
  assert.equal(read('xn--mnchen-3ya.de'), 'xn--mnchen-3ya.de')
  assert.equal(read('例え.jp'), 'xn--r8jz45g.jp')
  // A full-width dot and letters: one and the same domain, not a second one that looks like it.
  assert.equal(read('ｅｘａｍｐｌｅ．com'), 'example.com')
  assert.equal(read('eng.example.co.uk'), 'eng.example.co.uk')
})

test('what nobody owns, and what is no domain, is refused', () => {
  const refused = [
    'com',
    'co.uk',
    'github.io',
    'localhost',
    'printer.local',
    'acme.internal',
    '127.0.0.1',
    '[::1]',
    '0x7f.1',
    'a@example.com',
    'https://example.com',
    'example.com/path',
    'example.com:443',
    'example.com?x',
    'exa mple.com',
    'exa\0mple.com',
    '*.example.com',
    '_dmarc.example.com',
    '-example.com',
    `${'a'.repeat(64)}.com`,
    '%65xample.com',
    '.com',
    'example..com',
  ]
  assert.deepEqual(
    refused.filter((text) => read(text) !== null),
    [],
  )
})

test('domains of public mail services are refused, and what is below them', () => {
  const refused = ['gmail.com', 'GMAIL.com', 'outlook.com', 'yahoo.co.uk', 'qq.com', 'x.gmail.com']
  assert.deepEqual(
    refused.filter((text) => read(text) !== null),
    [],
  )
})
