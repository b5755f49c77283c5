import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptsMax, secondsToNextAttempt } from './retry-schedule.ts'

test('a delivery is tried ten times over a little more than three days', () => {
  let total = 0
  for (let attempts = 1; attempts < attemptsMax; attempts++) {
    total += secondsToNextAttempt(attempts, null, () => 0.5) ?? Number.NaN
  }
  assert.equal(attemptsMax, 10)
  assert.ok(total > 3 * 86_400 && total < 3.5 * 86_400, String(total / 86_400))
  assert.equal(secondsToNextAttempt(attemptsMax), null)
})

test('pauses are spread by a tenth, so that a crowd does not come back as one', () => {
  assert.deepEqual(
    [0, 0.5, 1].map((at) => Math.round(secondsToNextAttempt(2, null, () => at) ?? 0)),
    [270, 300, 330],
  )
})

test('never sooner than the receiver asks, and nobody makes us wait for more than a day', () => {
  assert.equal(secondsToNextAttempt(1, 600), 600)
  assert.equal(secondsToNextAttempt(1, 10_000_000), 86_400)
  assert.ok((secondsToNextAttempt(9, 1) ?? 0) > 70_000)
})
