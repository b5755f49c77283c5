import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GroupedCache } from './grouped-cache.ts'

interface Row {
  organization: string
  says: string
}

const open = (max = 100, ageMax = Number.POSITIVE_INFINITY) =>
  new GroupedCache<Row>({ max, ageMax: () => ageMax, groupOf: (row) => row.organization })

/** A question whose answer comes when told. */
function later(says: string) {
  let answer: (row: Row | null) => void = () => {}
  const asked = new Promise<Row | null>((resolve) => {
    answer = resolve
  })
  return { ask: () => asked, answer: () => answer({ organization: 'a', says }) }
}

const now =
  (says: string, organization = 'a') =>
  async () => ({ organization, says })

test('an answer is given again without asking, until its key, its group or all is forgotten', async () => {
  for (const forget of ['forget', 'forgetGroup', 'forgetAll'] as const) {
    const cache = open()
    await cache.get('k', now('first'))
    assert.equal((await cache.get('k', now('second')))?.says, 'first')
    cache[forget](forget === 'forget' ? 'k' : 'a')
    assert.equal((await cache.get('k', now('second')))?.says, 'second')
  }
})

test('forgetting one organization leaves the others', async () => {
  const cache = open()
  await cache.get('k1', now('one', 'a'))
  await cache.get('k2', now('two', 'b'))
  cache.forgetGroup('a')
  assert.equal(cache.peek('k1'), null)
  assert.equal(cache.peek('k2')?.says, 'two')
})

test('an answer from before a change is not kept, and nobody who asks after it gets it', async () => {
  const cache = open()
  const before = later('before the change')
  const early = cache.get('k', before.ask)
  cache.forgetGroup('whatever')
  const afterwards = cache.get('k', now('after the change'))
  before.answer()
  assert.equal((await early)?.says, 'before the change')
  assert.equal((await afterwards)?.says, 'after the change')
  assert.equal(cache.peek('k')?.says, 'after the change')
})

test('those who ask at the same time are answered by one question', async () => {
  const cache = open()
  let questions = 0
  const ask = async () => {
    questions++
    return { organization: 'a', says: 'yes' }
  }
  await Promise.all(Array.from({ length: 50 }, () => cache.get('k', ask)))
  assert.equal(questions, 1)
})

test('"no" and a failure are asked again every time', async () => {
  const cache = open()
  assert.equal(await cache.get('k', async () => null), null)
  await assert.rejects(async () =>
    cache.get('k', async () => {
      throw new Error('down')
    }),
  )
  assert.equal((await cache.get('k', now('yes')))?.says, 'yes')
})

test('it holds no more than it may, and what was pushed out is in no group any more', async () => {
  const cache = open(10)
  for (let n = 0; n < 1000; n++) await cache.get(`k${n}`, now('x', `organization-${n}`))
  assert.equal(cache.size, 10)
  assert.equal(cache.groups, 10)
})

test('an answer that has become too old is asked for again', async () => {
  const cache = open(10, 20)
  await cache.get('k', now('old'))
  await new Promise((resolve) => setTimeout(resolve, 40))
  assert.equal((await cache.get('k', now('new')))?.says, 'new')
})
