import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toIso } from './member-view.ts'

test('a moment of PostgreSQL is written as a Date would write it', () => {
  for (const text of [
    '2026-11-25 03:30:40.123456+00',
    '2026-11-25 03:30:40.1+00',
    '2026-11-25 03:30:40+00',
    '2026-11-25 03:30:40.999999+00',
    '2026-11-25 05:30:40.12+02',
  ]) {
    assert.equal(toIso(text), new Date(text).toISOString(), text)
  }
})
