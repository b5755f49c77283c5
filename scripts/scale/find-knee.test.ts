import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findKnee, unusableFor } from './find-knee.ts'
import type { SizeFigures } from './measure-size.ts'

const size = (organizations: number, other: Partial<SizeFigures> = {}): SizeFigures => ({
  organizations,
  createMs: 1000,
  signInMs: 350,
  switchMs: 20,
  deploySeconds: 6,
  rollbackSeconds: 4,
  restartSeconds: 15,
  firstCreateMs: 1500,
  keycloakBytes: 5e8,
  allBytes: 8e8,
  ...other,
})

test('the knee is the last size before one that nobody would put up with', () => {
  const slow = size(500, { restartSeconds: 90 })
  assert.equal(findKnee([size(10), size(200), slow, size(1000)]), 200)
  assert.match(unusableFor(slow) ?? '', /restartSeconds 90/)
})

test('without a bad size it is the largest that was tried, and none when the first is bad', () => {
  assert.equal(findKnee([size(10), size(50)]), 50)
  assert.equal(findKnee([size(10, { createMs: 9000 })]), 0)
})
