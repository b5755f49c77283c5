import { copyFileSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { UserError } from '../errors.ts'
import { listWorkingTree } from './git-state.ts'

/** Never part of a version: built or installed again, or the CLI's own. */
const LEFT_OUT = /(?:^|\/)(?:node_modules|\.git)(?:\/|$)|^(?:web\/dist|\.tools)(?:\/|$)/
/** Folders of the server itself, even when one of them has a package.json. */
const SERVER_FOLDERS = new Set(['src', 'web', 'extensions', 'keycloak', 'test', 'vendor'])

/**
 * The files that a version of this project is made of: tracked ones and new ones that git does not
 * ignore. Ignored files, above all .env, stay where they are.
 */
export async function listSourceFiles(project: string): Promise<string[]> {
  const files = (await listWorkingTree(project)).filter((path) => !LEFT_OUT.test(path))
  const programs = otherPrograms(files)
  return files
    .filter((path) => !programs.has(topFolder(path)) && isFileOrLink(join(project, path)))
    .sort()
}

/** Top folders with a package.json of their own (the sample app): no part of the server. */
function otherPrograms(files: string[]): Set<string> {
  const owners = files.filter((path) => /^[^/]+\/package\.json$/.test(path)).map(topFolder)
  return new Set(owners.filter((folder) => !SERVER_FOLDERS.has(folder)))
}

function topFolder(path: string): string {
  return path.includes('/') ? (path.split('/', 1)[0] ?? '') : ''
}

/** Copies these files; links stay links, but none may lead out of the release. */
export function copyFiles(project: string, target: string, files: string[]): void {
  for (const path of files) {
    const from = join(project, path)
    const to = join(target, path)
    mkdirSync(dirname(to), { recursive: true })
    if (!lstatSync(from).isSymbolicLink()) copyFileSync(from, to)
    else {
      const link = readlinkSync(from)
      const leadsTo = normalize(join(dirname(path), link))
      if (isAbsolute(link) || leadsTo.startsWith('..')) {
        throw leadsOut(path, link)
      }
      symlinkSync(link, to)
    }
  }
}

function leadsOut(path: string, link: string): UserError {
  return new UserError({
    code: 'link_leads_out',
    what: `${path} is a link that leads out of the project.`,
    why: `A version holds all that it runs, and ${link} would not be in it.`,
    next: ['Put a copy of the file there, or leave the link out by .gitignore.'],
  })
}

/** Deleted but not yet committed files are still in git's list; submodules are folders. */
function isFileOrLink(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  return Boolean(stat?.isFile() || stat?.isSymbolicLink())
}
