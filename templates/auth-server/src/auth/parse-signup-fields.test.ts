import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { parseSignupFields } from './parse-signup-fields.ts'

const settings: Pick<Settings, 'signup'> = {
  signup: {
    enabled: true,
    emailVerification: 'required',
    fields: [
      { name: 'phone', type: 'phone', label: 'Phone', required: true },
      { name: 'size', type: 'select', label: 'Size', required: false, options: ['S', 'L'] },
      { name: 'terms', type: 'checkbox', label: 'Terms', required: true },
    ],
  },
}
const pointers = (fields: Record<string, unknown>, isPartial = false) => {
  try {
    parseSignupFields(settings, fields, isPartial)
    return []
  } catch (error) {
    assert.ok(error instanceof Problem)
    return error.errors?.map((fault) => fault.pointer)
  }
}

test('what the settings ask for is demanded, by field', () => {
  assert.deepEqual(pointers({}), ['/fields/phone', '/fields/terms'])
  assert.deepEqual(pointers({ phone: '+14155550100', terms: true, size: 'L' }), [])
})

test('wrong values and unknown fields are named', () => {
  assert.deepEqual(pointers({ phone: '12', terms: false, size: 'XXL', admin: true }), [
    '/fields/phone',
    '/fields/size',
    '/fields/terms',
    '/fields/admin',
  ])
})

test('a change may name some of them only', () => {
  assert.deepEqual(pointers({ size: 'S' }, true), [])
})
