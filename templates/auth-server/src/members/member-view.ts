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
  return knex
    .with('m', (memberships) => {
      memberships
        .fromRaw('memberships as m')
        .select(knex.raw('m.tenant_id, m.user_id, m.role_id, m.status, m.joined_at'))
        .where('m.tenant_id', organizationId)
        .orderByRaw(ORDER)
      narrow(memberships)
    })
    .fromRaw(FROM)
    .select(knex.raw(COLUMNS))
    .orderByRaw(ORDER)
}

// As text, since knex puts a query together anew for each request, name by name.
const ORDER = 'm.joined_at, m.user_id'
const FROM = `m
  join roles as r on r.tenant_id = m.tenant_id and r.id = m.role_id
  join definer.member_profiles(array(select user_id from m)) as p on p.user_id = m.user_id`
const COLUMNS = `m.user_id, m.status, m.joined_at::text as joined_at_text,
  r.id as role_id, r.slug as role_slug, r.name as role_name,
  p.email, p.first_name, p.last_name, p.avatar_url`

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
    joinedAt: toIso(row.joined_at_text),
  }
}

/** PostgreSQL's text of a moment as JavaScript writes it. A Date on the way would be half of a list's cost. */
export function toIso(text: string): string {
  const utc = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?\+00$/.exec(text)
  if (!utc) return new Date(text).toISOString()
  const [, day, time, fraction = ''] = utc
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}

/** "First Last", whichever of them is there, or null. */
export function fullName(first: string | null, last: string | null): string | null {
  return [first, last].filter(Boolean).join(' ') || null
}
