import { finishPendingFlip, notePendingFlip } from '../deploy/pending-flip.ts'
import { reconcileHubs, undoReconcile } from '../deploy/reconcile-hubs.ts'
import { rolledBackError } from '../deploy/rolled-back-error.ts'
import { settleAll, startParts } from '../deploy/start-parts.ts'
import { watchFlip } from '../deploy/watch-flip.ts'
import { InterruptedError } from '../errors.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepDefinition, StepList } from '../output/steps.ts'
import { otherColour } from '../state/colour.ts'
import type { HistoryEntry } from '../state/instance.ts'
import { chooseVersion } from './choose-version.ts'

export type RollbackOptions = {
  machine: Machine
  /** As typed; null for the version that served before. */
  version: string | null
  by: string
  openSteps: (steps: StepDefinition[]) => Promise<StepList>
  confirm?: (from: string, to: string) => Promise<boolean>
  signal: AbortSignal
}

export type RollbackAnswer = {
  from: string
  version: string
  outcome: 'rolled back' | 'declined'
  seconds: number
}

/**
 * Lets a kept version serve again: code, settings, realm settings and pages together. Rows stay,
 * secrets stay, the working tree stays. Refuses to cross a barrier (exit 8).
 */
export async function rollback(options: RollbackOptions): Promise<RollbackAnswer> {
  const { machine, signal } = options
  const began = Date.now()
  const { from, to } = chooseVersion(machine, options.version)
  if (options.confirm && !(await options.confirm(from, to))) {
    return { from, version: from, outcome: 'declined', seconds: 0 }
  }
  const unlock = await machine.lock('authstack rollback')
  const steps = await options.openSteps(stepsOf(from, to))
  try {
    await machine.prepare()
    finishPendingFlip(machine)
    const sourceFolder = machine.releaseFolder(to)
    const packaged = Promise.resolve()
    await startParts({ machine, steps, sourceFolder, version: to, packaged })
    signal.throwIfAborted()
    await switchTo(options, steps, { from, to, began })
    const seconds = Math.round((Date.now() - began) / 100) / 10
    return { from, version: to, outcome: 'rolled back', seconds }
  } finally {
    await steps.close()
    await unlock()
  }
}

async function switchTo(
  { machine, by, signal }: RollbackOptions,
  steps: StepList,
  { from, to, began }: { from: string; to: string; began: number },
): Promise<void> {
  const idle = otherColour(machine.liveColour())
  const target = machine.readHistory().findLast((entry) => entry.version === to)
  try {
    // Side by side: this version has served before, with these very realm settings.
    await settleAll<void>([
      steps.run('reconcile', (step) => reconcileHubs(machine, to, step)),
      steps.run('start', () => machine.startColour(idle, to)),
    ])
    signal.throwIfAborted()
    const entry: HistoryEntry = {
      version: to,
      action: 'rollback',
      status: 'live',
      at: new Date().toISOString(),
      by,
      seconds: Math.round((Date.now() - began) / 1000),
      commit: target?.commit ?? null,
      message: target?.message ?? null,
      barriers: target?.barriers ?? [],
    }
    notePendingFlip(machine, entry)
    await steps.run('switch', () => {
      machine.flip(idle)
      return watchFlip(machine)
    })
  } catch (error) {
    if (machine.liveColour() === idle) machine.flip(otherColour(idle))
    machine.notes.remove('pending-flip.json')
    await machine.stopColour(idle)
    await undoReconcile(machine, to)
    await machine.startService('keycloak', machine.releaseFolder(from), () => {})
    throw error instanceof InterruptedError ? error : rolledBackError(error, from, to)
  }
  await steps.run('drain', async () => {
    await machine.stopColour(otherColour(idle))
    finishPendingFlip(machine)
    machine.notes.remove('inverse.json')
  })
}

function stepsOf(from: string, to: string): StepDefinition[] {
  return [
    { id: 'services', title: 'Check services', done: 'Services ready' },
    { id: 'keycloak', title: 'Check Keycloak', done: 'Keycloak ready' },
    { id: 'reconcile', title: `Realm settings of ${to}`, done: `Realm settings of ${to}` },
    { id: 'start', title: `Start ${to}`, done: `${to} ready` },
    { id: 'switch', title: `Switch to ${to}`, done: `${to} serves` },
    { id: 'drain', title: `Drain ${from}`, done: `${from} drained` },
  ]
}
