import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expandPermissions, rolePermissions } from './expand-permissions.ts'

const settings = {
  permissions: [
    { name: 'projects:view', description: 'See projects' },
    { name: 'projects:edit', description: 'Edit projects' },
  ],
  roles: { admin: ['members:*', 'projects:*'], viewer: ['projects:view'] },
}

test('a wildcard covers its own group and nothing that only begins like it', () => {
  const names = ['members:view', 'members:edit', 'members-secret:view', 'projects:view']
  assert.deepEqual(expandPermissions(names, ['members:*']), ['members:edit', 'members:view'])
})

test('a bare word is no prefix', () => {
  assert.deepEqual(expandPermissions(['members:view'], ['members', 'members:', 'm*', '']), [])
})

test('the owner has every permission, also those that settings added later', () => {
  const owner = rolePermissions(settings, { slug: 'owner', permissions: null })
  assert.ok(owner.includes('organization:delete') && owner.includes('projects:edit'))
})

test('a role without its own list follows the settings', () => {
  assert.deepEqual(rolePermissions(settings, { slug: 'viewer', permissions: null }), [
    'projects:view',
  ])
})

test("an organization's own list overrides the settings", () => {
  assert.deepEqual(rolePermissions(settings, { slug: 'viewer', permissions: ['roles:view'] }), [
    'roles:view',
  ])
})

test('a role that the settings dropped, and a permission that left the catalogue, grant nothing', () => {
  assert.deepEqual(rolePermissions(settings, { slug: 'gone', permissions: null }), [])
  assert.deepEqual(rolePermissions(settings, { slug: 'x', permissions: ['old:thing'] }), [])
})
