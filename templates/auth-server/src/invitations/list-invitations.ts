import { z } from 'zod'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { TenantContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import {
  type InvitationRow,
  invitationRows,
  invitationShape,
  toInvitation,
} from './invitation-view.ts'

/** Invitations, the oldest first; by default those that still wait, expired ones among them. */
export const listInvitations = defineAction<TenantContext>()({
  id: 'listInvitations',
  summary: 'List the invitations of an organization',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery.extend({ status: z.enum(['pending', 'all']).default('pending') }),
  output: pageShape(invitationShape),
  async run({ services, mode, organizationId }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const rows = await services.db.tenantRead<InvitationRow>(mode, organizationId, (knex) =>
      invitationRows(knex, organizationId, (invitations) => {
        invitations.limit(query.limit + 1)
        if (query.status === 'pending') invitations.where('i.status', 'pending')
        if (after) invitations.whereRaw('(i.created_at, i.id) > (?::timestamptz, ?::uuid)', after)
      }),
    )
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toInvitation)
  },
})
