import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { openCountedLimit } from './counted-limit.ts'

const points = 200

/** Two processes that add up in one place. */
function openTwo() {
  const limiter = new RateLimiterMemory({ points, duration: 60 })
  const open = () => openCountedLimit({ limiter, points, seconds: 60 })
  return [open(), open()] as const
}

const passes = (limit: { count(id: string): void }, id = 'x') => {
  try {
    limit.count(id)
    return true
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'rate_limited')
    return false
  }
}

test('one process lets through the limit, to the last request', async () => {
  const [limit] = openTwo()
  let passed = 0
  for (let n = 0; n < points * 2; n++) {
    if (passes(limit)) passed++
    if (n % 10 === 0) await sleep(1)
  }
  assert.equal(passed, points)
})

test('two processes together let through the limit and at most a tenth more', async () => {
  const two = openTwo()
  let passed = 0
  for (let n = 0; n < points * 2; n++) {
    if (passes(two[n % 2] as (typeof two)[0])) passed++
    await sleep(n % 10 === 0 ? 1 : 0)
  }
  assert.ok(passed >= points && passed <= points * 1.1, `${passed} of ${points}`)
})

test('what another process has counted is known within a second or so', async () => {
  const [first, second] = openTwo()
  for (let n = 0; n < points; n++) passes(first)
  passes(second)
  await sleep(1200)
  assert.equal(passes(second), false)
})

test('one spender does not pay for another', () => {
  const [limit] = openTwo()
  for (let n = 0; n <= points; n++) passes(limit, 'spender')
  assert.equal(passes(limit, 'spender'), false)
  assert.equal(passes(limit, 'other'), true)
})

test('while nobody can add up, the process counts for itself', async () => {
  const penalty = () => Promise.reject(new Error('Redis and insurance away'))
  const limit = openCountedLimit({ limiter: { penalty }, points, seconds: 60 })
  let passed = 0
  for (let n = 0; n < points * 2; n++) {
    if (passes(limit)) passed++
    if (n % 10 === 0) await sleep(1)
  }
  assert.equal(passed, points)
})
