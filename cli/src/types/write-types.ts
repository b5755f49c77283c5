import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import { findProject } from '../project/find-project.ts'
import { readSettings } from '../project/read-settings.ts'
import { listNames } from './list-names.ts'
import { renderTypes } from './render-types.ts'

export type TypesResult = {
  /** Absolute. */
  file: string
  changed: boolean
  permissions: number
  roles: string[]
}

/**
 * Writes the types of the project's settings to `out` (relative to where the person stands). With
 * `check` writes nothing and fails when the file is not as it would be written: for CI.
 */
export async function writeTypes(options: { out?: string; check: boolean }): Promise<TypesResult> {
  const project = await findProject()
  const settings = await readSettings(project.settingsFile)
  const file = options.out
    ? resolve(options.out)
    : resolve(project.folder, 'authstack-types.generated.ts')
  const names = listNames(settings)
  const source = renderTypes(settings.project, names)
  const current = await readFile(file, 'utf8').catch(() => null)
  const changed = current !== source
  if (changed && options.check) {
    throw new UserError({
      code: 'types_outdated',
      what: `${file} is not up to date.`,
      why: current === null ? 'It does not exist.' : 'The settings changed since it was written.',
      next: ['Run authstack types and commit the file.'],
      exitCode: exitCodes.failed,
    })
  }
  if (changed) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, source)
  }
  return { file, changed, permissions: names.permissions.length, roles: names.roles }
}
