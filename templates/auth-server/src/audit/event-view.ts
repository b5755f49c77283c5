import { z } from 'zod'
import { openPersonal, type PersonKeys } from '../people/person-keys.ts'

/** A line of a trail as people see it, with what could be opened of its personal data. */
export interface EventRow {
  id: string
  action: string
  actor_kind: string
  actor_id: string | null
  target_kind: string | null
  target_id: string | null
  data: Record<string, unknown>
  created_at: Date
  created_at_text: string
  seq: string | null
  subject_id: string | null
  sealed: Buffer | null
}

export const eventShape = z.object({
  id: z.uuid(),
  action: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable() }),
  target: z.object({ kind: z.string(), id: z.string() }).nullable(),
  /** Null within the second before it is sealed, and for good once the person was erased. */
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  /** Place in the chain; null within the second before it has one. */
  seq: z.number().int().nullable(),
})

export function toEvent(row: EventRow, keys: PersonKeys): z.input<typeof eventShape> {
  const personal = openPersonal(keys.get(row.subject_id ?? ''), row.sealed)
  return {
    id: row.id,
    action: row.action,
    actor: { kind: row.actor_kind, id: row.actor_id },
    target: row.target_kind ? { kind: row.target_kind, id: row.target_id ?? '' } : null,
    ip: textOf(personal?.ip),
    userAgent: textOf(personal?.userAgent),
    data: row.data,
    createdAt: row.created_at.toISOString(),
    seq: row.seq === null ? null : Number(row.seq),
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null)
