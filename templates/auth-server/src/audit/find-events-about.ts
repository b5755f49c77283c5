import type { z } from 'zod'
import type { Mode } from '../db/mode.ts'
import { readPersonKeys } from '../people/person-keys.ts'
import type { Services } from '../services.ts'
import { type EventRow, type eventShape, toEvent } from './event-view.ts'
import { selectEvents } from './find-events.ts'
import { OPERATORS_TRAIL } from './link-hash.ts'
import { isCopy } from './share-hub-events.ts'

const EVENTS_MAX = 10_000

/**
 * What a person did and what was done to them, in the operators' trail and in those of the given
 * organizations, the newest first. Copies of one hub event count once, as the operators have it.
 */
export async function findEventsAbout(
  { db, masterKey }: Pick<Services, 'db' | 'masterKey'>,
  mode: Mode,
  userId: string,
  organizationIds: string[],
): Promise<(z.input<typeof eventShape> & { organizationId: string | null })[]> {
  const found: { row: EventRow; chain: string }[] = []
  for (const chain of [OPERATORS_TRAIL, ...organizationIds]) {
    const rows = await db.tenantRead<EventRow>(mode, chain, (knex) =>
      selectEvents(knex, chain, EVENTS_MAX).where((about) =>
        about
          .where('e.actor_id', userId)
          .orWhere((target) => target.where('e.target_kind', 'user').where('e.target_id', userId)),
      ),
    )
    found.push(...rows.filter((row) => !isCopy(row.id)).map((row) => ({ row, chain })))
  }
  const subjects = found.flatMap(({ row }) => (row.subject_id ? [row.subject_id] : []))
  const keys = await readPersonKeys(masterKey, db.hubQuery(mode), subjects)
  return found
    .sort((a, b) => b.row.created_at.getTime() - a.row.created_at.getTime())
    .slice(0, EVENTS_MAX)
    .map(({ row, chain }) => {
      const event = toEvent(row, keys)
      // Somebody else's address does not go into this person's document.
      const isOwn = row.subject_id === userId
      return {
        ...event,
        ...(isOwn ? {} : { ip: null, userAgent: null }),
        organizationId: chain === OPERATORS_TRAIL ? null : chain,
      }
    })
}
