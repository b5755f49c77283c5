import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeReturnTo } from './return-to.ts'

const origin = 'https://app.example.com'

test('goes back to a page of the app, with its query and fragment', () => {
  assert.equal(safeReturnTo('/team?tab=1#x', origin), '/team?tab=1#x')
})

const hostile = [
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
]
for (const value of hostile) {
  test(`${JSON.stringify(value)} leads nowhere but home`, () => {
    assert.equal(safeReturnTo(value, origin), '/')
  })
}

test('never leads back to a sign-in page, which would go round in a circle', () => {
  for (const page of ['/login', '/signup', '/callback?code=x']) {
    assert.equal(safeReturnTo(page, origin), '/')
  }
})

test('without a wish it is the home page', () => {
  assert.equal(safeReturnTo(null, origin), '/')
  assert.equal(safeReturnTo('', origin), '/')
})
