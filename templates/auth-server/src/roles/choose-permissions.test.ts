import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../errors.ts'
import { choosePermissions } from './choose-permissions.ts'

const settings = {
  permissions: [
    { name: 'projects:view', description: '' },
    { name: 'projects:create', description: '' },
  ],
}

const refusal = (held: string[], wanted: string[]): string => {
  try {
    choosePermissions(settings, held, wanted)
    return 'none'
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

test('a wildcard becomes the names that exist now', () => {
  const held = ['projects:view', 'projects:create']
  assert.deepEqual(choosePermissions(settings, held, ['projects:*', 'projects:view']), [
    'projects:create',
    'projects:view',
  ])
})

test('nobody grants what they lack, not by a wildcard either', () => {
  assert.equal(refusal(['projects:view'], ['projects:create']), 'permission_denied')
  assert.equal(refusal(['projects:view'], ['projects:*']), 'permission_denied')
  assert.equal(refusal(['projects:view'], ['*']), 'permission_denied')
  assert.equal(refusal(['projects:view'], ['projects:view']), 'none')
})

test('what nothing has is a fault of the request', () => {
  assert.equal(refusal(['projects:view'], ['project:view']), 'invalid_request')
  assert.equal(refusal(['projects:view'], ['nothing:*']), 'invalid_request')
})
