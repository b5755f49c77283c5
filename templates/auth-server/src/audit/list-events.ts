import { z } from 'zod'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { MemberContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { cursorTime } from '../members/list-members.ts'

interface EventRow {
  id: string
  action: string
  actor_kind: 'user' | 'operator' | 'system'
  actor_id: string | null
  target_kind: string | null
  target_id: string | null
  ip: string | null
  data: Record<string, unknown>
  created_at: Date
  created_at_text: string
}

/** The trail of the organization, the newest first. */
export const listEvents = defineAction<MemberContext>()({
  id: 'listAuditEvents',
  summary: 'List what happened in the organization',
  params: z.object({ orgId: z.uuid() }),
  query: pageQuery.extend({ action: z.string().max(60).optional() }),
  output: pageShape(
    z.object({
      id: z.uuid(),
      action: z.string(),
      actor: z.object({ kind: z.string(), id: z.string().nullable() }),
      target: z.object({ kind: z.string(), id: z.string() }).nullable(),
      ip: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
      createdAt: z.string(),
    }),
  ),
  async run({ services, mode, organizationId }, { query }) {
    const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
    const rows = await services.db.tenantRead<EventRow>(mode, organizationId, (knex) => {
      const events = knex('audit_events')
        .where('tenant_id', organizationId)
        .select('id', 'action', 'actor_kind', 'actor_id', 'target_kind', 'target_id', 'ip', 'data')
        .select('created_at', knex.raw('created_at::text as created_at_text'))
        .orderBy([
          { column: 'created_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(query.limit + 1)
      if (query.action) events.where('action', query.action)
      if (after) events.whereRaw('(created_at, id) < (?::timestamptz, ?::uuid)', after)
      return events
    })
    return toPage(rows, query.limit, (row) => [row.created_at_text, row.id], toEvent)
  },
})

function toEvent(row: EventRow) {
  return {
    id: row.id,
    action: row.action,
    actor: { kind: row.actor_kind, id: row.actor_id },
    target: row.target_kind ? { kind: row.target_kind, id: row.target_id ?? '' } : null,
    ip: row.ip,
    data: row.data,
    createdAt: row.created_at.toISOString(),
  }
}
