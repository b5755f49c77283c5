import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { refuseRoleAbove } from './resolve-role.ts'

const settings = {
  permissions: [{ name: 'projects:view', description: '' }],
  roles: { admin: ['members:*'], viewer: ['projects:view'] },
} as unknown as Settings

const isRefused = (held: string[], slug: string) => {
  try {
    refuseRoleAbove(settings, held, { slug, permissions: null })
    return false
  } catch (error) {
    return error instanceof Problem && error.code === 'permission_denied'
  }
}

test('a role is out of reach as soon as one of its permissions is', () => {
  const admin = ['members:edit', 'members:invite', 'members:remove', 'members:view']
  assert.equal(isRefused(admin, 'admin'), false)
  assert.equal(isRefused(admin.slice(1), 'admin'), true)
  assert.equal(isRefused(admin, 'viewer'), true)
  assert.equal(isRefused(admin, 'owner'), true)
})

test('a role that grants nothing is in reach of everybody', () => {
  assert.equal(isRefused([], 'dropped-from-the-settings'), false)
})
