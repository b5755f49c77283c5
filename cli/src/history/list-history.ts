import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { findInstance } from '../state/find-instance.ts'
import type { HistoryEntry } from '../state/instance.ts'

export type HistoryResult = {
  environment: string
  /** Version that serves now. */
  current: string | null
  /** Newest first. `kept`: its files are on this computer, so it can be rolled back to. */
  entries: (HistoryEntry & { kept: boolean })[]
}

export async function listHistory(environment: string): Promise<HistoryResult> {
  const { instance } = await findInstance(environment)
  const entries = await Promise.all(
    instance.history.toReversed().map(async (entry) => ({
      ...entry,
      kept: await access(join(instance.paths.releases, entry.version)).then(
        () => true,
        () => false,
      ),
    })),
  )
  return { environment, current: instance.version, entries }
}
