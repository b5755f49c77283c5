import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { exitCodes, UserError, usageError } from '../errors.ts'

const ProjectFile = z.object({
  /** Random; names the instance's state folder, so two clones with one name never meet. */
  id: z.string().regex(/^[a-z0-9]{8,32}$/),
  /** Slug; the same as `project` in the settings at init. */
  name: z.string(),
  /** Version of the template it was rendered from. */
  template: z.string(),
  cliVersion: z.string(),
})

export type Project = z.infer<typeof ProjectFile> & {
  /** Absolute path of the project's folder. */
  folder: string
  settingsFile: string
}

export const projectFile = '.authstack/project.json'
export const settingsFile = 'authstack.config.ts'

/** The project that `cwd` lies in, looking upwards. Exit 2 when there is none. */
export async function findProject(cwd = process.cwd()): Promise<Project> {
  let folder = resolve(cwd)
  while (true) {
    const text = await readText(join(folder, projectFile))
    if (text !== null) return parse(folder, text)
    const parent = dirname(folder)
    if (parent === folder) break
    folder = parent
  }
  throw usageError({
    code: 'project_not_found',
    what: 'This is not an AuthStack project.',
    why: `No ${projectFile} in ${cwd} or any folder above it.`,
    next: ['cd into the project, or make one: authstack init my-auth'],
  })
}

function parse(folder: string, text: string): Project {
  try {
    const file = ProjectFile.parse(JSON.parse(text))
    return { ...file, folder, settingsFile: join(folder, settingsFile) }
  } catch (error) {
    throw new UserError({
      code: 'project_damaged',
      what: `${join(folder, projectFile)} cannot be read.`,
      why: 'It is not the JSON that authstack init wrote.',
      next: ['Bring it back from git: git checkout -- .authstack/project.json'],
      exitCode: exitCodes.settings,
      cause: error,
    })
  }
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
}
