import { takeLock } from '../machine/lock.ts'
import type { StatePaths } from '../state/state-paths.ts'
import { listRecords } from './process-record.ts'
import { stopService } from './services.ts'

/** First whoever takes requests, last what they write to. */
const ORDER = [['front'], ['api-a', 'api-b'], ['keycloak', 'mailbox'], ['redis', 'postgres']]

/**
 * Ends every recorded process of an instance, each only when pid and start time are still its own,
 * and waits until all are gone. Answers the names of those that ran; none is fine.
 */
export async function stopInstance(
  paths: StatePaths,
  onProgress: (detail: string) => void,
): Promise<string[]> {
  if (listRecords(paths.run).length === 0) return []
  const unlock = takeLock(paths.lock, 'authstack stop', 'you')
  try {
    const stopped: string[] = []
    const known = ORDER.flat()
    const others = listRecords(paths.run)
      .map((record) => record.name)
      .filter((name) => !known.includes(name))
    for (const names of [others, ...ORDER]) {
      if (names.length > 0) onProgress(names.join(', '))
      const ended = await Promise.all(names.map((name) => stopService({ paths }, name)))
      stopped.push(...names.filter((_, index) => ended[index]))
    }
    return stopped
  } finally {
    await unlock()
  }
}
