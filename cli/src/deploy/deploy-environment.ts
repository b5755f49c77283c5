import type { Output } from '../output/output.ts'
import { deploy } from './deploy.ts'
import type { OpenEnvironment } from './open-environment.ts'
import { operatorKeys } from './operator-keys.ts'

type Options = { output: Output; signal: AbortSignal; isDryRun?: boolean }

/** Deploys an environment that was opened, with its steps on the terminal: `deploy`, and how `dev` begins. */
export function deployEnvironment(opened: OpenEnvironment, { output, signal, isDryRun }: Options) {
  const { project, settings, context, machine } = opened
  return deploy({
    machine,
    project: project.folder,
    environment: context.environment,
    cacheRoot: context.cacheRoot,
    by: context.owner,
    keys: operatorKeys(context, settings),
    openSteps: (steps) => output.steps(steps),
    isDryRun,
    signal,
  })
}
