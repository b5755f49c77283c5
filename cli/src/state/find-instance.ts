import { exitCodes, UserError } from '../errors.ts'
import { findEnvironment } from '../project/find-environment.ts'
import { findProject, type Project } from '../project/find-project.ts'
import { readSettings } from '../project/read-settings.ts'
import { type Instance, readInstance } from './instance.ts'

/** The project around the current folder and its instance in `environment`. Exit 5 when never deployed. */
export async function findInstance(
  environment: string,
): Promise<{ project: Project; instance: Instance }> {
  const project = await findProject()
  const instance = await readInstance(project.id, environment)
  if (instance) return { project, instance }
  // A misspelt --env is likelier than a forgotten deploy; say so first.
  findEnvironment(await readSettings(project.settingsFile), environment)
  throw notDeployed(environment)
}

export function notDeployed(environment: string): UserError {
  return new UserError({
    code: 'not_deployed',
    what: `Nothing is deployed to "${environment}" yet.`,
    why: 'There is no instance of this project on this computer.',
    next: [`authstack deploy --env ${environment}`],
    exitCode: exitCodes.infrastructure,
  })
}
