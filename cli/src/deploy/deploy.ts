import type { Machine } from '../machine/machine.ts'
import type { StepDefinition, StepList } from '../output/steps.ts'
import { readGitState } from '../release/git-state.ts'
import { takeSnapshot } from '../release/package-release.ts'
import { bringBack } from './bring-back.ts'
import { type CreatedKey, createFirstKeys, type KeysDoor } from './create-first-keys.ts'
import { finishPendingFlip } from './pending-flip.ts'
import { type DeployPlan, planDeploy } from './plan-deploy.ts'
import { preflight } from './preflight.ts'
import { replaceVersion } from './replace-version.ts'
import { stepsOf } from './steps-of.ts'

export type DeployOptions = {
  machine: Machine
  /** Absolute folder of the project. */
  project: string
  environment: string
  cacheRoot: string
  /** Name for the history. */
  by: string
  keys: KeysDoor
  openSteps: (steps: StepDefinition[]) => Promise<StepList>
  /** Asked once the plan is known; false declines. */
  confirm?: (plan: DeployPlan) => Promise<boolean>
  isDryRun?: boolean
  signal: AbortSignal
}

export type DeployAnswer = {
  outcome: 'planned' | 'declined' | 'deployed' | 'restarted' | 'unchanged'
  /** Version that serves now; null before the first deploy. */
  version: string | null
  plan: DeployPlan
  /** Parts that were started although no version was made. */
  restarted: string[]
  createdKeys: CreatedKey[]
  seconds: number
}

/**
 * Deploys the project's working tree: preflight → plan → lock → package beside the services →
 * migrate → reconcile → start the idle colour → flip → drain → record. When nothing changed, only
 * what is down is started. Safe to interrupt anywhere and to run again.
 */
export async function deploy(options: DeployOptions): Promise<DeployAnswer> {
  const { machine, project, signal } = options
  const began = Date.now()
  const git = await readGitState(project)
  await preflight(machine, git, project)
  const snapshot = await takeSnapshot(project)
  const plan = await planDeploy({ ...options, snapshot, git })
  const answer = (outcome: DeployAnswer['outcome'], more: Partial<DeployAnswer> = {}) => {
    const seconds = Math.round((Date.now() - began) / 100) / 10
    return { outcome, version: plan.from, plan, restarted: [], createdKeys: [], ...more, seconds }
  }
  if (options.isDryRun) return answer('planned')
  if (options.confirm && !(await options.confirm(plan))) return answer('declined')

  signal.throwIfAborted()
  const unlock = await machine.lock('authstack deploy')
  const steps = await options.openSteps(stepsOf(plan))
  try {
    await machine.prepare()
    finishPendingFlip(machine)
    if (!plan.isNewVersion && plan.from) {
      const restarted = await bringBack(machine, steps, plan.from, signal)
      const createdKeys = await createFirstKeys(steps, options.keys)
      return answer(restarted.length > 0 ? 'restarted' : 'unchanged', { restarted, createdKeys })
    }
    await replaceVersion({ ...options, steps, plan, snapshot, began })
    const createdKeys = await createFirstKeys(steps, options.keys)
    return answer('deployed', { version: plan.to, createdKeys })
  } finally {
    await steps.close()
    await unlock()
  }
}
