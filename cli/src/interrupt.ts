import { InterruptedError } from './errors.ts'
import type { Output } from './output/output.ts'

/** How long interrupted work may take to undo what it began, before the process ends anyway. */
const graceSeconds = 20

/**
 * Runs work that Ctrl-C (SIGINT), SIGTERM or a closed terminal (SIGHUP) interrupts. The first
 * signal aborts and waits for the work to clean up; the second ends the process at once.
 * Throws InterruptedError when interrupted, however the work ended.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  output: Output,
): Promise<T> {
  const controller = new AbortController()
  let giveUp: (error: Error) => void = () => {}
  const interrupted = new Promise<never>((_, reject) => {
    giveUp = reject
  })
  interrupted.catch(() => {}) // it is awaited by the race below only while the work runs
  let grace: NodeJS.Timeout | undefined
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new InterruptedError())
    output.talk()
    output.talk('Stopping. Press Ctrl-C again to stop at once.')
    grace = setTimeout(() => giveUp(new InterruptedError()), graceSeconds * 1000)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of signals) process.on(name, onSignal)
  try {
    const answer = await Promise.race([work(controller.signal), interrupted])
    if (controller.signal.aborted) throw new InterruptedError()
    return answer
  } catch (error) {
    if (controller.signal.aborted || isPromptExit(error)) throw new InterruptedError()
    throw error
  } finally {
    clearTimeout(grace)
    for (const name of signals) process.off(name, onSignal)
  }
}

/** Inquirer holds the terminal in raw mode and turns Ctrl-C into this error. */
function isPromptExit(error: unknown): boolean {
  return error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)
}
