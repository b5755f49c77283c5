import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { fieldErrors } from './parse-input.ts'

const shape = z.strictObject({ list: z.array(z.strictObject({ name: z.string() })) })
const pointers = (value: unknown, prefix = '') =>
  fieldErrors(shape.safeParse(value).error, prefix).map((fault) => fault.pointer)

test('a fault deep inside is named by its JSON pointer', () => {
  assert.deepEqual(pointers({ list: [{ name: 'a' }, { name: 1 }] }), ['/list/1/name'])
})

test('every unknown field is named, with ~ and / escaped', () => {
  assert.deepEqual(pointers({ list: [], 'a/b': 1, 'c~d': 2 }), ['/a~1b', '/c~0d'])
})

test('a prefix says where the value was', () => {
  assert.deepEqual(pointers({}, '/query'), ['/query/list'])
})
