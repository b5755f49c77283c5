import type { Knex } from 'knex'
import { z } from 'zod'
import { roleRefShape } from '../roles/role-view.ts'

export const memberShape = z.object({
  userId: z.uuid(),
  email: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  role: roleRefShape,
  status: z.string(),
  joinedAt: z.string(),
})

export interface MemberRow {
  user_id: string
  email: string
  first_name: string | null
  last_name: string | null
  avatar_url: string | null
  role_id: string
  role_slug: string
  role_name: string
  status: string
  joined_at: Date
  /** Microseconds, as text: a Date would cut them and the cursor would skip rows. */
  joined_at_text: string
}

/**
 * Members with role and profile, in the order they joined. `narrow` picks and limits the memberships
 * first, so that only the profiles of one page are read. They come from a definer function that knows
 * only the organization of the transaction; the tenant role cannot read `users`.
 */
export function memberRows(
  knex: Knex,
  organizationId: string,
  narrow: (memberships: Knex.QueryBuilder) => void,
): Knex.QueryBuilder {
  const order = [{ column: 'm.joined_at' }, { column: 'm.user_id' }]
  return knex
    .with('m', (memberships) => {
      memberships
        .from('memberships as m')
        .where('m.tenant_id', organizationId)
        .select('m.tenant_id', 'm.user_id', 'm.role_id', 'm.status', 'm.joined_at')
        .orderBy(order)
      narrow(memberships)
    })
    .from('m')
    .join('roles as r', (join) => join.on('r.tenant_id', 'm.tenant_id').andOn('r.id', 'm.role_id'))
    .joinRaw(
      'join definer.member_profiles(array(select user_id from m)) as p on p.user_id = m.user_id',
    )
    .select('m.user_id', 'm.status', 'm.joined_at', 'r.id as role_id')
    .select('r.slug as role_slug', 'r.name as role_name')
    .select('p.email', 'p.first_name', 'p.last_name', 'p.avatar_url')
    .select(knex.raw('m.joined_at::text as joined_at_text'))
    .orderBy(order)
}

export function toMember(row: MemberRow): z.input<typeof memberShape> {
  return {
    userId: row.user_id,
    email: row.email,
    firstName: row.first_name,
    lastName: row.last_name,
    name: fullName(row.first_name, row.last_name),
    avatarUrl: row.avatar_url,
    role: { id: row.role_id, slug: row.role_slug, name: row.role_name },
    status: row.status,
    joinedAt: row.joined_at.toISOString(),
  }
}

/** "First Last", whichever of them is there, or null. */
export function fullName(first: string | null, last: string | null): string | null {
  return [first, last].filter(Boolean).join(' ') || null
}
