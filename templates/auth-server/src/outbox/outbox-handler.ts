import type { Mode } from '../db/mode.ts'
import type { OutboxKind } from './add-to-outbox.ts'

/** A row that this process has to itself until it says what became of it, or for a minute. */
export interface ClaimedRow {
  id: string
  schema: number
  payload: Record<string, unknown>
  sealed: Buffer | null
  /** How often it was tried, this time included. */
  attempts: number
}

/** What became of a row. */
export type Outcome =
  /** Out. `keep` is what stays of the payload as the record that it went. */
  | { done: { keep: Record<string, unknown> } }
  /** Tried in vain, or (`isAttempt: false`) not tried at all. */
  | { retry: { afterSeconds: number; error: string; isAttempt?: false } }
  /** Will never work. */
  | { givenUp: string }

/** Knows how one kind of row is worked. A throw is a fault of ours: the row is tried again later. */
export interface OutboxHandler {
  kind: OutboxKind
  /** Rows of a mode in work at once. */
  concurrency: number
  run(mode: Mode, row: ClaimedRow): Promise<Outcome>
  close?(): void
}
