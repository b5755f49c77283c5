import { lastJsonLine } from '../machine/json-line.ts'
import type { Machine } from '../machine/machine.ts'
import type { StepHandle } from '../output/steps.ts'

/** What `src/tasks/reconcile.ts` prints. */
type Reconciled = {
  changes: { realm: string; path: string; from: unknown; to: unknown }[]
  inverse: unknown[]
}

const INVERSE = 'inverse.json'

/** Brings the hub realms to the version's settings and keeps what would undo it. */
export async function reconcileHubs(
  machine: Machine,
  version: string,
  step: StepHandle,
): Promise<void> {
  const result = await machine.runTask(version, 'reconcile')
  const { changes, inverse } = lastJsonLine<Reconciled>(result, 'reconcile')
  if (inverse.length > 0) machine.notes.write(INVERSE, JSON.stringify(inverse))
  else machine.notes.remove(INVERSE)
  step.setDone(
    changes.length > 0
      ? `Realms reconciled: ${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`
      : 'Realms are up to date',
  )
}

/** Gives the hub realms back the settings they had before `reconcileHubs`; once. */
export async function undoReconcile(machine: Machine, version: string): Promise<void> {
  const inverse = machine.notes.read(INVERSE)
  if (inverse === null) return
  const path = machine.notes.write(INVERSE, inverse)
  await machine.runTask(version, 'reconcile', ['--apply-inverse', path], { mustFinish: true })
  machine.notes.remove(INVERSE)
}
