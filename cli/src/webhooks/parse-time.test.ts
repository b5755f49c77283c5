import { expect, test } from 'vitest'
import { parseTime } from './parse-time.ts'

const now = Date.parse('2026-11-25T12:00:00Z')

test('a time is a date, a time or an age', () => {
  expect(parseTime('30m', '--since', now)).toBe('2026-11-25T11:30:00.000Z')
  expect(parseTime('3d', '--since', now)).toBe('2026-11-22T12:00:00.000Z')
  expect(parseTime('2026-11-24', '--since', now)).toBe('2026-11-24T00:00:00.000Z')
  expect(parseTime('2026-11-24T08:00:00+02:00', '--since', now)).toBe('2026-11-24T06:00:00.000Z')
})

test('anything else is refused with what would do', () => {
  for (const text of ['yesterday', '6', '2026', '', '2026-13-45']) {
    expect(() => parseTime(text, '--since', now)).toThrow(/is no time/)
  }
})
