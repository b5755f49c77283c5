import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { open, seal } from './envelope.ts'

const masterKey = randomBytes(32)

test('gives back what was sealed for the same purpose', () => {
  assert.equal(open(masterKey, 'api-key', seal(masterKey, 'api-key', 'hello')), 'hello')
})

test('refuses another purpose, another master key and altered bytes', () => {
  const sealed = seal(masterKey, 'api-key', 'hello')
  assert.throws(() => open(masterKey, 'mail-token', sealed))
  assert.throws(() => open(randomBytes(32), 'api-key', sealed))
  sealed[15] = (sealed[15] ?? 0) ^ 1
  assert.throws(() => open(masterKey, 'api-key', sealed))
})
