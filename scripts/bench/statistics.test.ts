import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summarize } from './statistics.ts'

test('median and 95th percentile by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  assert.deepEqual(summarize(hundred), { n: 100, medianMs: 50, p95Ms: 95 })
  assert.deepEqual(summarize([7]), { n: 1, medianMs: 7, p95Ms: 7 })
})

test('no figure is made of nothing', () => {
  assert.throws(() => summarize([]), /nothing was measured/)
})
