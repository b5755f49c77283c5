import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cursorTime, momentInput } from './moment.ts'

test('what PostgreSQL writes is a place in a list', () => {
  for (const text of [
    '2026-11-25 03:20:39.123456+00',
    '2024-02-29 23:59:59+05:30',
    '0001-01-01 00:00:00-12',
  ]) {
    assert.equal(cursorTime.safeParse(text).success, true, text)
  }
})

test('what only looks like a moment is none', () => {
  for (const text of [
    '2026-02-29 00:00:00+00',
    '2026-13-01 00:00:00+00',
    '2026-01-01 24:00:00+00',
    '2026-01-01 00:60:00+00',
    '2026-01-01 00:00:00+99',
    '2026-01-01 00:00:00+15:59:59',
    '0000-01-01 00:00:00+00',
    'infinity',
  ]) {
    assert.equal(cursorTime.safeParse(text).success, false, text)
    assert.equal(momentInput.safeParse(text.replace(' ', 'T')).success, false, text)
  }
  assert.equal(momentInput.safeParse('2026-01-01T00:00:00+23:00').success, false)
  assert.equal(momentInput.safeParse('2026-01-01T00:00:00.5Z').success, true)
})
