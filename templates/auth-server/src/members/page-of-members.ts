import { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, toPage } from '../db/page.ts'
import type { Services } from '../services.ts'
import { type MemberRow, memberRows, toMember } from './member-view.ts'

/** `search` looks into names and addresses, `role` is a slug or an id. */
export const membersQuery = pageQuery.extend({
  search: z.string().trim().max(100).optional(),
  role: z.string().trim().toLowerCase().min(1).max(100).optional(),
  status: z.enum(['active', 'suspended']).optional(),
})

/** One page of members in the order they joined. */
export async function pageOfMembers(
  { db }: Pick<Services, 'db'>,
  mode: Mode,
  organizationId: string,
  query: z.output<typeof membersQuery>,
) {
  const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
  const rows = await db.tenantRead<MemberRow>(mode, organizationId, (knex) =>
    memberRows(knex, organizationId, (memberships) => {
      memberships.limit(query.limit + 1)
      if (after) memberships.whereRaw('(m.joined_at, m.user_id) > (?::timestamptz, ?::uuid)', after)
      if (query.status) memberships.where('m.status', query.status)
      if (query.role) {
        memberships.whereRaw(
          'm.role_id in (select id from roles where tenant_id = ? and (slug = ? or id::text = ?))',
          [organizationId, query.role, query.role],
        )
      }
      if (query.search) {
        memberships.whereRaw('m.user_id in (select user_id from definer.members_matching(?))', [
          `%${escapeLike(query.search)}%`,
        ])
      }
    }),
  )
  return toPage(rows, query.limit, (row) => [row.joined_at_text, row.user_id], toMember)
}

/** In a search `%` and `_` are letters like any other. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
