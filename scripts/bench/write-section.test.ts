import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeSection } from './write-section.ts'

test('a part is put in its place and the others stay as they are', () => {
  const one = placeSection('', 'scale', '## Scale\n\nfirst')
  const two = placeSection(one, 'instance', '## Instance')
  assert.match(two, /^# Benchmarks/)
  assert.ok(two.indexOf('## Instance') < two.indexOf('## Scale'), two)
  const three = placeSection(two, 'scale', '## Scale\n\nsecond')
  assert.match(three, /## Instance/)
  assert.match(three, /second/)
  assert.doesNotMatch(three, /first/)
  assert.equal(placeSection(three, 'scale', '## Scale\n\nsecond'), three)
})
