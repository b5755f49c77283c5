import { expect, test } from 'vitest'
import { judge, organizationsKnown } from './check-capacity.ts'

test('an instance with room is fine', () => {
  expect(judge({ count: 12, max: 500 })).toMatchObject({
    status: 'ok',
    detail: '12 of at most 500',
  })
})

test('near the limit of the settings it warns and names the setting', () => {
  const check = judge({ count: 80, max: 100 })
  expect(check.status).toBe('warn')
  expect(check.next).toContain('organizations.max')
})

test('past the size that was measured it warns, whatever the settings allow', () => {
  const check = judge({ count: organizationsKnown, max: 10_000 })
  expect(check.status).toBe('warn')
  expect(check.next).toContain('second instance')
})
