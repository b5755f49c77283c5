import { InterruptedError } from '../errors.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepList } from '../output/steps.ts'
import { packageRelease, type Snapshot } from '../release/package-release.ts'
import { otherColour } from '../state/colour.ts'
import type { HistoryEntry } from '../state/instance.ts'
import type { Colour } from '../state/state-paths.ts'
import { finishPendingFlip, notePendingFlip } from './pending-flip.ts'
import type { DeployPlan } from './plan-deploy.ts'
import { reconcileHubs, undoReconcile } from './reconcile-hubs.ts'
import { rolledBackError } from './rolled-back-error.ts'
import { barriersOf, runMigrations } from './run-migrations.ts'
import { settleAll, startParts } from './start-parts.ts'
import { watchFlip } from './watch-flip.ts'

type Replacement = {
  machine: Machine
  project: string
  cacheRoot: string
  by: string
  steps: StepList
  plan: DeployPlan
  snapshot: Snapshot
  /** Milliseconds since epoch. */
  began: number
  signal: AbortSignal
}

/**
 * Makes `plan.to` and lets it take over from `plan.from`. Whatever fails before or shortly after
 * the flip is undone: the old version serves, with its own realm settings.
 */
export async function replaceVersion(options: Replacement): Promise<void> {
  const { machine, steps, plan, signal } = options
  const idle = otherColour(machine.liveColour())
  const packaged = steps.run('package', (step) =>
    packageRelease({
      ...options,
      releases: machine.releasesFolder,
      version: plan.to,
      git: plan.git,
      onProgress: step.progress,
    }),
  )
  packaged.catch(() => {}) // it is awaited below; until then its failure is not "unhandled"
  const started = startParts({
    machine,
    steps,
    sourceFolder: options.project,
    version: plan.to,
    packaged,
  })
  const entry: HistoryEntry = {
    version: plan.to,
    action: 'deploy',
    status: 'live',
    at: new Date().toISOString(),
    by: options.by,
    seconds: 0,
    commit: plan.git?.commit ?? null,
    message: plan.git?.message ?? null,
    barriers: [],
  }
  let isPackaged = false
  try {
    await settleAll<unknown>([packaged, started])
    isPackaged = true
    const migrated = await steps.run('migrate', (step) => runMigrations(machine, plan.to, step))
    entry.barriers = barriersOf(migrated)
    await steps.run('reconcile', (step) => reconcileHubs(machine, plan.to, step))
    await steps.run('start', () => machine.startColour(idle, plan.to))
    signal.throwIfAborted()
    entry.seconds = Math.round((Date.now() - options.began) / 1000)
    notePendingFlip(machine, entry)
    await steps.run('switch', () => {
      machine.flip(idle)
      return watchFlip(machine)
    })
  } catch (error) {
    const isTold = isPackaged && !(error instanceof InterruptedError)
    await undo(options, idle, isTold ? entry : null)
    throw isTold && plan.from ? rolledBackError(error, plan.from, plan.to) : error
  }
  await steps.run('drain', async () => {
    await machine.stopColour(otherColour(idle))
    finishPendingFlip(machine)
    machine.notes.remove('inverse.json')
    machine.pruneReleases(inUse(machine, plan))
  })
}

async function undo(
  { machine, plan }: Replacement,
  idle: Colour,
  /** null when nothing of the failure belongs into the history. */
  entry: HistoryEntry | null,
): Promise<void> {
  const { from } = plan
  const wasFlipped = machine.liveColour() === idle
  if (wasFlipped && from) machine.flip(otherColour(idle))
  machine.notes.remove('pending-flip.json')
  await machine.stopColour(idle)
  if (!from) return
  await undoReconcile(machine, plan.to)
  // Keycloak may have been restarted with the new version's providers.
  await machine.startService('keycloak', machine.releaseFolder(from), () => {})
  if (!entry) return
  machine.appendHistory({ ...entry, status: wasFlipped ? 'rolled-back' : 'failed' })
}

function inUse(machine: Machine, plan: DeployPlan): string[] {
  const live = machine.readHistory().filter((entry) => entry.status === 'live')
  return [plan.to, plan.from ?? plan.to, ...live.slice(-2).map((entry) => entry.version)]
}
