import { settingsError, UserError } from '../errors.ts'
import type { LocalContext } from '../local/context.ts'
import { openLocalMachine } from '../local/local-machine.ts'
import type { Machine } from '../machine/machine.ts'
import { findEnvironment } from '../project/find-environment.ts'
import { findProject, type Project } from '../project/find-project.ts'
import { readSettings } from '../project/read-settings.ts'
import type { Settings } from '../project/settings-schema.ts'
import { whoAmI } from '../release/git-state.ts'
import { cacheRoot, statePaths, stateRoot } from '../state/state-paths.ts'

export type OpenEnvironment = {
  project: Project
  settings: Settings
  context: LocalContext
  machine: Machine
}

/**
 * The project around `cwd` with its settings, and the machine of one of its environments. Exit 2
 * without a project, 3 with wrong settings.
 */
export async function openEnvironment(
  name: string,
  signal?: AbortSignal,
): Promise<OpenEnvironment> {
  const project = await findProject()
  const settings = await readSettings(project.settingsFile)
  const environment = findEnvironment(settings, name)
  if (environment.target !== 'local') throw notYet(name, environment.target)
  const context: LocalContext = {
    ...localPlace(project, name),
    project: settings.project,
    fixedPort: environment.port ?? null,
    mailFrom: `${settings.name} <no-reply@${settings.project}.localhost>`,
    owner: await whoAmI(project.folder),
    signal,
  }
  checkProjectName(project, settings)
  return { project, settings, context, machine: openLocalMachine(context) }
}

/** Where the instance of a project lives; needs no valid settings, so `stop` always works. */
export function localPlace(project: Project, environment: string) {
  return {
    projectId: project.id,
    project: project.name,
    environment,
    projectFolder: project.folder,
    paths: statePaths(project.id, environment),
    stateRoot: stateRoot(),
    cacheRoot: cacheRoot(),
  }
}

/** Cookie names, audiences and the databases hold the name: another one is another instance. */
function checkProjectName(project: Project, settings: Settings): void {
  if (settings.project === project.name) return
  throw settingsError({
    code: 'project_renamed',
    what: `authstack.config.ts says project: '${settings.project}', but this project is '${project.name}'.`,
    why: 'The name is part of every token and cookie, so it cannot change after init.',
    next: [`Put project: '${project.name}' back. \`name\` is what people see, and may change.`],
  })
}

function notYet(name: string, target: string): UserError {
  return new UserError({
    code: 'target_unsupported',
    what: `Environment "${name}" has target ${target}, which this version cannot deploy to.`,
    why: 'Only target local is built so far.',
    next: ['Use --env local'],
  })
}
