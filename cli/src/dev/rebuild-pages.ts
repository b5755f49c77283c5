import { InterruptedError, UserError } from '../errors.ts'
import { runNpm } from '../release/run-npm.ts'

/** Builds `web/dist` of the working tree anew; an error is told, and the old pages go on. */
export async function rebuildPages(
  project: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.now()
  try {
    await runNpm(['run', 'build'], { cwd: project, what: 'The pages do not build', signal })
    say(`Pages built after ${((Date.now() - began) / 1000).toFixed(1)} s`)
  } catch (error) {
    if (error instanceof InterruptedError || signal.aborted) return
    if (!(error instanceof UserError)) throw error
    say(`${error.what}\n${error.why}`)
  }
}
