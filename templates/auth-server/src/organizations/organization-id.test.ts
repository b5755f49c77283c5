import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { newOrganizationId } from './organization-id.ts'

test('one person and one key give one id; another person or key gives another', () => {
  const id = newOrganizationId('u1', 'key')
  assert.equal(newOrganizationId('u1', 'key'), id)
  assert.notEqual(newOrganizationId('u2', 'key'), id)
  assert.notEqual(newOrganizationId('u1', 'key2'), id)
  assert.ok(z.uuid().safeParse(id).success, id)
})

test('without a key every id is new', () => {
  assert.notEqual(newOrganizationId('u1', null), newOrganizationId('u1', null))
})
