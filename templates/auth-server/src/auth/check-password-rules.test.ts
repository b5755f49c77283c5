import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../errors.ts'
import { checkPasswordRules } from './check-password-rules.ts'

const settings = { passwordPolicy: { minLength: 12 } }
const codes = (password: string) => {
  try {
    checkPasswordRules(settings, password)
    return []
  } catch (error) {
    assert.ok(error instanceof Problem)
    assert.equal(error.status, 422)
    return error.errors?.map((fault) => fault.code)
  }
}

test('72 bytes pass, 73 are refused', () => {
  assert.deepEqual(codes('a'.repeat(72)), [])
  assert.deepEqual(codes('a'.repeat(73)), ['password_too_long'])
})

test('bytes are counted, not characters', () => {
  assert.deepEqual(codes('é'.repeat(36)), [])
  assert.deepEqual(codes('é'.repeat(37)), ['password_too_long'])
})

test('a short password says so', () => {
  assert.deepEqual(codes('short'), ['password_too_short'])
})
