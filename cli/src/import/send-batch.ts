import { setTimeout as sleep } from 'node:timers/promises'
import { exitCodes, UserError } from '../errors.ts'
import type { OperatorClient } from '../operator/operator-client.ts'
import type { Batch } from './batches.ts'
import type { PasswordOutcome } from './import-result.ts'

export type OnConflict = 'skip' | 'update' | 'fail'

export type BatchResult = {
  outcome: 'created' | 'updated' | 'skipped' | 'failed'
  password: PasswordOutcome
  fault: { detail: string } | null
  joined: boolean
}

type SendOptions = {
  onConflict: OnConflict
  dryRun: boolean
  /** Opens the route anew: an operator's token lives for minutes, an import may take an hour. */
  open: () => Promise<OperatorClient>
  signal: AbortSignal
}

const ATTEMPTS_MAX = 6

/** Sends one batch. What is down for a moment is waited for: the same batch again is harmless. */
export async function sendBatch(batch: Batch, options: SendOptions): Promise<BatchResult[]> {
  const { onConflict, dryRun, open, signal } = options
  const body = { users: batch.map(({ person }) => person), onConflict, dryRun }
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      const operator = await open()
      const answer = await operator.call<{ results: BatchResult[] }>({
        method: 'POST',
        path: '/users/import',
        body,
      })
      return answer.results
    } catch (error) {
      const isPassing =
        error instanceof UserError && error.exitCode === exitCodes.infrastructure && !signal.aborted
      if (!isPassing || attempt === ATTEMPTS_MAX) throw error
      await sleep(Math.min(2 ** attempt, 15) * 500, undefined, { signal })
    }
  }
}
