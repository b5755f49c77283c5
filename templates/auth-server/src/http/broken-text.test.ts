import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokenText } from './broken-text.ts'

const pointers = (value: unknown) => brokenText(value, '').map((fault) => fault.pointer)

test('half a surrogate and NUL are found wherever they are, names of members included', () => {
  assert.deepEqual(pointers({ a: '\ud800', b: ['x', 'y\0'], c: { 'd/e': '\udc00' } }), [
    '/a',
    '/b/1',
    '/c/d~1e',
  ])
  assert.deepEqual(pointers({ fields: { 'x\0': 1 } }), ['/fields'])
})

test('every whole text passes, emoji and right-to-left too', () => {
  assert.deepEqual(pointers({ a: '🙂', b: 'שלום', c: null, d: 1, e: [true, {}] }), [])
})

test('a body that is nested without end is refused, not walked', () => {
  let deep: unknown = 'x'
  for (let n = 0; n < 5000; n++) deep = [deep]
  assert.equal(brokenText(deep, '').length, 1)
})
