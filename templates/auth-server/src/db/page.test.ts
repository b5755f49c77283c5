import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { Problem } from '../errors.ts'
import { decodeCursor, encodeCursor, onePage } from './page.ts'

test('walking the pages shows every item once and ends with hasMore false', () => {
  const items = ['a', 'b', 'c', 'd', 'e']
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = onePage(items, { limit: 2, after }, (item) => item)
    seen.push(...page.data)
    assert.equal(page.page.hasMore, page.page.nextCursor !== null)
    after = page.page.nextCursor ?? undefined
  } while (after)
  assert.deepEqual(seen, items)
})

test('a made-up cursor is a 400, not a 500', () => {
  for (const cursor of ['%%%', 'e30', encodeCursor(['a', 'b']), encodeCursor(['x'])]) {
    assert.throws(
      () => decodeCursor(cursor, [z.uuid()]),
      (error) => error instanceof Problem && error.code === 'invalid_request',
    )
  }
})
