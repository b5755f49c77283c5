import { findEnvironment } from '../project/find-environment.ts'
import { findProject } from '../project/find-project.ts'
import { readSettings } from '../project/read-settings.ts'
import { type StatePaths, statePaths } from '../state/state-paths.ts'

/** Where an environment keeps its secrets; they may be set before the first deploy. */
export async function findSecrets(environment: string): Promise<StatePaths> {
  const project = await findProject()
  findEnvironment(await readSettings(project.settingsFile), environment)
  return statePaths(project.id, environment)
}
