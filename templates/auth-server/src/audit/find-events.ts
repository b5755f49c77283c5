import type { Knex } from 'knex'
import { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import { cursorTime, momentInput } from '../db/moment.ts'
import { decodeCursor, type Page, pageQuery, toPage } from '../db/page.ts'
import { readPersonKeys } from '../people/person-keys.ts'
import type { Services } from '../services.ts'
import { type EventRow, type eventShape, toEvent } from './event-view.ts'

/** What narrows a trail. `action` ends in `.*` for a whole kind: `member.*`. */
export const eventQuery = pageQuery.extend({
  action: z
    .string()
    .max(60)
    .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?$/, 'Like "member.removed" or "member.*"')
    .optional(),
  /** Id of a person or a machine key; or a kind of actor. */
  actor: z.union([z.uuid(), z.enum(['user', 'operator', 'system', 'api_key'])]).optional(),
  /** From this moment on. */
  from: momentInput.optional(),
  /** Before this moment. */
  to: momentInput.optional(),
})

type Query = z.output<typeof eventQuery>

/**
 * A page of one trail, the newest first: one read by an index that leads with the trail, and one of
 * the keys of the people on that page.
 */
export async function findEvents(
  { db, masterKey }: Pick<Services, 'db' | 'masterKey'>,
  mode: Mode,
  chain: string,
  query: Query,
): Promise<Page<z.input<typeof eventShape>>> {
  const after = query.after ? decodeCursor(query.after, [cursorTime, z.uuid()]) : null
  const rows = await db.tenantRead<EventRow>(mode, chain, (knex) => {
    const events = selectEvents(knex, chain, query.limit + 1)
    narrow(events, query)
    if (after) events.whereRaw('(e.created_at, e.id) < (?::timestamptz, ?::uuid)', after)
    return events
  })
  const subjects = rows.flatMap((row) => (row.subject_id && row.sealed ? [row.subject_id] : []))
  const keys = await readPersonKeys(masterKey, db.hubQuery(mode), subjects)
  return toPage(
    rows,
    query.limit,
    (row) => [row.created_at_text, row.id],
    (row) => toEvent(row, keys),
  )
}

/** Events of one trail with their places, the newest first; the caller narrows them. */
export function selectEvents(knex: Knex, chain: string, limit: number): Knex.QueryBuilder {
  return knex('audit_events as e')
    .leftJoin('audit_links as l', (join) =>
      join.on('l.tenant_id', 'e.tenant_id').andOn('l.event_id', 'e.id'),
    )
    .where('e.tenant_id', chain)
    .select('e.id', 'e.action', 'e.actor_kind', 'e.actor_id', 'e.target_kind', 'e.target_id')
    .select('e.data', 'e.created_at', 'l.seq', 'l.subject_id', 'l.sealed')
    .select(knex.raw('e.created_at::text as created_at_text'))
    .orderBy([
      { column: 'e.created_at', order: 'desc' },
      { column: 'e.id', order: 'desc' },
    ])
    .limit(limit)
}

function narrow(events: Knex.QueryBuilder, { action, actor, from, to }: Query): void {
  if (action?.endsWith('.*')) {
    // `_` is a letter here and a joker in LIKE.
    const start = action.slice(0, -1).replaceAll('_', '\\_')
    events.whereLike('e.action', `${start}%`)
  } else if (action) events.where('e.action', action)
  if (actor && z.uuid().safeParse(actor).success) events.where('e.actor_id', actor)
  else if (actor) events.where('e.actor_kind', actor)
  if (from) events.whereRaw('e.created_at >= ?::timestamptz', [from])
  if (to) events.whereRaw('e.created_at < ?::timestamptz', [to])
}
