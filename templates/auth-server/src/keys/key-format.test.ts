import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKey, generateMachineKey, parseKey, parseMachineKey } from './key-format.ts'

test('a generated key parses to its own id, mode and kind', () => {
  for (const isSecret of [false, true]) {
    for (const mode of ['live', 'test'] as const) {
      const { id, key } = generateKey(isSecret, mode)
      assert.deepEqual(parseKey(key), { isSecret, mode, id })
    }
  }
})

test('a key looks like ask_live_<8>_<43>_<6>', () => {
  assert.match(
    generateKey(false, 'live').key,
    /^ask_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/,
  )
})

test('one changed character breaks the checksum', () => {
  const { key } = generateKey(false, 'live')
  const at = 20
  const other = key[at] === 'a' ? 'b' : 'a'
  assert.equal(parseKey(key.slice(0, at) + other + key.slice(at + 1)), null)
  assert.equal(parseKey(key.replace('live', 'test')), null)
  assert.equal(parseKey(''), null)
})

test("an organization's key has a prefix of its own, and passes for no other kind", () => {
  const { id, key } = generateMachineKey('test')
  assert.match(key, /^authstack_org_test_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/)
  assert.deepEqual(parseMachineKey(key), { mode: 'test', id })
  assert.equal(parseKey(key), null)
  assert.equal(parseMachineKey(generateKey(true, 'test').key), null)
  assert.equal(parseMachineKey(key.replace('_test_', '_live_')), null)
})
