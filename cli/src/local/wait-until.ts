import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Asks `probe` until it answers true. Throws what `onTimeout` makes after `timeoutSeconds`; an
 * error thrown by `probe` ends the wait at once (the process died), so a dead start is not waited out.
 */
export async function waitUntil(
  probe: () => Promise<boolean> | boolean,
  options: {
    timeoutSeconds: number
    everyMs?: number
    onTimeout: () => Error
    signal?: AbortSignal
  },
): Promise<void> {
  const deadline = Date.now() + options.timeoutSeconds * 1000
  while (!(await probe())) {
    options.signal?.throwIfAborted()
    if (Date.now() > deadline) throw options.onTimeout()
    await sleep(options.everyMs ?? 100)
  }
}
