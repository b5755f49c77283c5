import { z } from 'zod'
import { HUB_SCOPE } from '../auth/session-scope.ts'
import { cursorTime } from '../db/moment.ts'
import { decodeCursor, pageQuery, pageShape, toPage } from '../db/page.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'

interface SessionRow {
  id: string
  created_at: Date
  created_at_text: string
  last_seen_at: Date
  ip: string | null
  user_agent: string | null
}

/** Where the person is signed in, the newest first. */
export const listSessions = defineAction<UserContext>()({
  id: 'listSessions',
  summary: 'List my sessions',
  query: pageQuery,
  output: pageShape(
    z.object({
      id: z.uuid(),
      current: z.boolean(),
      createdAt: z.string(),
      lastSeenAt: z.string(),
      ip: z.string().nullable(),
      userAgent: z.string().nullable(),
    }),
  ),
  async run({ services, mode, userId, session }, { query }) {
    const hub = services.db.hubQuery(mode)
    const sessions = hub('sessions')
      .where('user_id', userId)
      // A session of one organization's SSO sees its like; where else the person is, is not its affair.
      .modify((found) => {
        if (session.scope !== HUB_SCOPE) found.where('scope', session.scope)
      })
      .whereNull('revoked_at')
      .whereRaw('expires_at > now()')
      .select('id', 'created_at', 'last_seen_at', 'ip', 'user_agent')
      .select(hub.raw('created_at::text as created_at_text'))
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(query.limit + 1)
    if (query.after) {
      const after = decodeCursor(query.after, [cursorTime, z.uuid()])
      sessions.whereRaw('(created_at, id) < (?::timestamptz, ?::uuid)', after)
    }
    const rows: SessionRow[] = await sessions
    return toPage(
      rows,
      query.limit,
      (row) => [row.created_at_text, row.id],
      (row) => ({
        id: row.id,
        current: row.id === session.id,
        createdAt: row.created_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
        ip: row.ip,
        userAgent: row.user_agent,
      }),
    )
  },
})
