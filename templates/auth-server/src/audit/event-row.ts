import type { ChainedEvent } from './link-hash.ts'

/** Columns of `audit_events` that the chain covers. `created_at_text` has its microseconds. */
export const chainedColumns = [
  'id',
  'action',
  'actor_kind',
  'actor_id',
  'target_kind',
  'target_id',
  'request_id',
  'data',
] as const

export const createdAtText = (table: string) =>
  `to_char(${table}.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at_text`

export interface ChainedRow {
  id: string
  action: string
  actor_kind: string
  actor_id: string | null
  target_kind: string | null
  target_id: string | null
  request_id: string | null
  data: Record<string, unknown>
  created_at_text: string
}

export function toChainedEvent(row: ChainedRow): ChainedEvent {
  return {
    id: row.id,
    action: row.action,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    targetKind: row.target_kind,
    targetId: row.target_id,
    requestId: row.request_id,
    data: row.data,
    createdAt: row.created_at_text,
  }
}
