import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slugCandidates, slugInput, slugify } from './slug.ts'

test('a slug comes out of any name and is always a valid one', () => {
  assert.equal(slugify('Müller & Söhne GmbH'), 'muller-sohne-gmbh')
  for (const name of ['株式会社', '  ---  ', 'API', 'x'.repeat(100), `${'a'.repeat(47)} b`, '🙂']) {
    assert.doesNotThrow(() => slugInput.parse(slugify(name)), name)
  }
})

test('every candidate of a long slug still fits', () => {
  for (const slug of slugCandidates('y'.repeat(48)))
    assert.ok(slugInput.safeParse(slug).success, slug)
})

test('a given slug is lower-cased, and refused when it is no slug', () => {
  assert.equal(slugInput.parse('ACME'), 'acme')
  for (const bad of ['-a', 'a-', 'a b', '', 'ä', 'x'.repeat(49), 'api']) {
    assert.equal(slugInput.safeParse(bad).success, false, bad)
  }
})
