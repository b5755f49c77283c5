import type { Machine } from '../machine/machine.ts'
import type { StepList } from '../output/steps.ts'
import { otherColour } from '../state/colour.ts'
import { startParts } from './start-parts.ts'

/**
 * Makes the version that is live serve again, without making a new one: starts what is down, and
 * the API anew when it died or when addresses or secrets changed. Answers what was started.
 */
export async function bringBack(
  machine: Machine,
  steps: StepList,
  version: string,
  signal: AbortSignal,
): Promise<string[]> {
  const sourceFolder = machine.releaseFolder(version)
  const packaged = Promise.resolve()
  const started = await startParts({ machine, steps, sourceFolder, version, packaged })
  const live = machine.liveColour()
  if (live && machine.isCurrent(live, version) && (await machine.isServing())) {
    steps.skip('start', 'it serves')
    return started
  }
  signal.throwIfAborted()
  await steps.run('start', async () => {
    const next = otherColour(live)
    // `dev` may sit on the live colour while the version still runs on the other one.
    if (!machine.isCurrent(next, version)) await machine.startColour(next, version)
    machine.flip(next)
    if (live) await machine.stopColour(live)
  })
  return [...started, 'api']
}
