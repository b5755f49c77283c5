import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRealmName, realmName } from './names.ts'
import { assertionClaims } from './tokens.ts'

const session = { sessionId: 's', amr: ['pwd'], authTime: 1 }
const organization = (permissions: string[]) => ({
  id: 'o',
  slug: 'acme',
  roles: ['owner'],
  permissions,
})

test('a hub token says nothing of an organization', () => {
  assert.deepEqual(assertionClaims('live', session), {
    as_sid: 's',
    amr: ['pwd'],
    auth_time: 1,
    mode: 'live',
  })
})

test('64 permissions travel in the token; more are left out and said to be', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `a:${at}`)
  const fits = assertionClaims('live', { ...session, organization: organization(names(64)) })
  assert.deepEqual(fits.permissions, names(64))
  const many = assertionClaims('live', { ...session, organization: organization(names(65)) })
  assert.equal(many.permissions, undefined)
  assert.equal(many.permissions_omitted, true)
})

test('only realms of ours have tokens', () => {
  const id = '0190a0a0-0000-4000-8000-000000000001'
  assert.deepEqual(parseRealmName(realmName('test', id)), { mode: 'test', organizationId: id })
  assert.deepEqual(parseRealmName('live-accounts'), { mode: 'live', organizationId: null })
  for (const name of ['master', 'operators', 'live-org-', `live-org-${id}/../x`, 'prod-accounts']) {
    assert.equal(parseRealmName(name), null, name)
  }
})
