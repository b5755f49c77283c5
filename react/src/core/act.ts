import { toAuthStackError } from './authstack-error.ts'
import type { Core } from './core.ts'

/** Runs one operation a person started: counts it as pending, keeps and reports its failure. */
export async function act<T>(core: Core, operation: () => Promise<T>): Promise<T> {
  const { session } = core
  session.update({ pending: session.getSnapshot().pending + 1, error: null })
  try {
    return await operation()
  } catch (cause) {
    const error = toAuthStackError(cause)
    session.update({ error })
    core.options.onError?.(error)
    throw error
  } finally {
    session.update({ pending: session.getSnapshot().pending - 1 })
  }
}
