import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type InvitationRow, toInvitation } from './invitation-view.ts'

const row: InvitationRow = {
  id: 'i',
  email: 'a@example.com',
  status: 'pending',
  is_expired: false,
  expires_at: new Date('2026-12-01T00:00:00Z'),
  created_at: new Date('2026-11-24T00:00:00Z'),
  created_at_text: '',
  role_id: 'r',
  role_slug: 'member',
  role_name: 'Member',
  invited_by: 'u',
  inviter_first_name: null,
  inviter_last_name: null,
}

test('what people see of a state: expired by the clock, replaced as cancelled', () => {
  const shown = (change: Partial<InvitationRow>) => toInvitation({ ...row, ...change }).status
  assert.equal(shown({}), 'pending')
  assert.equal(shown({ is_expired: true }), 'expired')
  assert.equal(shown({ status: 'accepted', is_expired: true }), 'accepted')
  assert.equal(shown({ status: 'replaced' }), 'cancelled')
  assert.equal(shown({ status: 'cancelled' }), 'cancelled')
})

test('an inviter who has left is an id without a name', () => {
  assert.deepEqual(toInvitation(row).invitedBy, { userId: 'u', name: null })
})
