import type { Knex } from 'knex'
import { z } from 'zod'
import { fullName } from '../members/member-view.ts'
import { roleRefShape } from '../roles/role-view.ts'

export const invitationShape = z.object({
  id: z.uuid(),
  email: z.string(),
  role: roleRefShape,
  status: z.enum(['pending', 'accepted', 'expired', 'cancelled']),
  expiresAt: z.string(),
  createdAt: z.string(),
  invitedBy: z.object({ userId: z.uuid(), name: z.string().nullable() }),
})

export interface InvitationRow {
  id: string
  email: string
  status: 'pending' | 'accepted' | 'cancelled' | 'replaced'
  is_expired: boolean
  expires_at: Date
  created_at: Date
  created_at_text: string
  role_id: string
  role_slug: string
  role_name: string
  invited_by: string
  inviter_first_name: string | null
  inviter_last_name: string | null
}

/** Invitations of the organization, the oldest first; `narrow` picks and limits them. */
export function invitationRows(
  knex: Knex,
  organizationId: string,
  narrow: (invitations: Knex.QueryBuilder) => void,
): Knex.QueryBuilder {
  const order = [{ column: 'i.created_at' }, { column: 'i.id' }]
  return knex
    .with('i', (invitations) => {
      invitations
        .from('invitations as i')
        .where('i.tenant_id', organizationId)
        .select('i.tenant_id', 'i.id', 'i.email', 'i.status', 'i.expires_at', 'i.created_at')
        .select('i.role_id', 'i.invited_by')
        .orderBy(order)
      narrow(invitations)
    })
    .from('i')
    .join('roles as r', (join) => join.on('r.tenant_id', 'i.tenant_id').andOn('r.id', 'i.role_id'))
    .joinRaw(
      'left join definer.member_profiles(array(select invited_by from i)) as p on p.user_id = i.invited_by',
    )
    .select('i.id', 'i.email', 'i.status', 'i.expires_at', 'i.created_at', 'i.invited_by')
    .select('r.id as role_id', 'r.slug as role_slug', 'r.name as role_name')
    .select('p.first_name as inviter_first_name', 'p.last_name as inviter_last_name')
    .select(knex.raw('i.expires_at <= now() as is_expired'))
    .select(knex.raw('i.created_at::text as created_at_text'))
    .orderBy(order)
}

export function toInvitation(row: InvitationRow): z.input<typeof invitationShape> {
  return {
    id: row.id,
    email: row.email,
    role: { id: row.role_id, slug: row.role_slug, name: row.role_name },
    status: shownStatus(row),
    expiresAt: row.expires_at.toISOString(),
    createdAt: row.created_at.toISOString(),
    invitedBy: {
      userId: row.invited_by,
      name: fullName(row.inviter_first_name, row.inviter_last_name),
    },
  }
}

function shownStatus(row: InvitationRow): z.input<typeof invitationShape>['status'] {
  if (row.status === 'pending') return row.is_expired ? 'expired' : 'pending'
  return row.status === 'accepted' ? 'accepted' : 'cancelled'
}
