import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { oneAtATime } from './one-at-a-time.ts'

test('the same name waits, another does not; a failure stops nobody', async () => {
  let running = 0
  let peak = 0
  const work = async () => {
    running += 1
    peak = Math.max(peak, running)
    await sleep(5)
    running -= 1
  }
  const failing = oneAtATime('a', async () => {
    throw new Error('no')
  })
  await assert.rejects(failing, /no/)
  await Promise.all([oneAtATime('a', work), oneAtATime('a', work), oneAtATime('a', work)])
  assert.equal(peak, 1)
  await Promise.all([oneAtATime('a', work), oneAtATime('b', work)])
  assert.equal(peak, 2)
})

test('an endless queue is refused', async () => {
  const waiting = Array.from({ length: 10 }, () => oneAtATime('c', () => sleep(5)))
  await assert.rejects(
    oneAtATime('c', () => sleep(5)),
    { code: 'too_many_attempts' },
  )
  await Promise.all(waiting)
})
