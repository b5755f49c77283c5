import { z } from 'zod'
import { findTrail, trailQuery, trailShape } from '../audit/find-trail.ts'
import { OPERATORS_TRAIL } from '../audit/link-hash.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { recordOperatorEvent } from '../operator/record-operator-event.ts'

interface AccessRow {
  user_id: string
  email: string | null
  role: string
  status: string
  joined_at: Date
}

/** Who has access to an organization and as what: the list that an access review is made with. */
export const listAccess = defineAction<OperatorContext>()({
  id: 'operatorListAccess',
  summary: 'Everybody with access to an organization, with their role',
  query: pageQuery.extend(trailQuery.shape),
  output: pageShape(
    z.object({
      userId: z.uuid(),
      email: z.string().nullable(),
      role: z.string(),
      status: z.string(),
      joinedAt: z.string(),
    }),
  ).extend({ trail: trailShape }),
  problems: ['not_found'],
  async run(context, { query }) {
    const { services, mode } = context
    const trail = await findTrail(context, query.organization)
    if (trail.id === OPERATORS_TRAIL) {
      throw new Problem('invalid_request', {
        errors: [
          { pointer: '/query/organization', message: 'Name the organization', code: 'required' },
        ],
      })
    }
    const after = query.after ? decodeCursor(query.after, [z.uuid()]) : null
    if (!after) await recordOperatorEvent(context, 'access.listed', { organization: trail.id })
    const rows = await services.db.tenantRead<AccessRow>(mode, trail.id, (knex) => {
      const members = knex('memberships as m')
        .join('roles as r', (join) =>
          join.on('r.tenant_id', 'm.tenant_id').andOn('r.id', 'm.role_id'),
        )
        .joinRaw('left join definer.member_profiles(array[m.user_id]) p on p.user_id = m.user_id')
        .where('m.tenant_id', trail.id)
        .orderBy('m.user_id')
        .limit(query.limit + 1)
        .select('m.user_id', 'p.email', 'r.slug as role', 'm.status', 'm.joined_at')
      if (after) members.where('m.user_id', '>', after[0] as string)
      return members
    })
    const page = toPage(
      rows,
      query.limit,
      (row) => [row.user_id],
      (row) => ({
        userId: row.user_id,
        email: row.email,
        role: row.role,
        status: row.status,
        joinedAt: row.joined_at.toISOString(),
      }),
    )
    return { trail, ...page }
  },
})
