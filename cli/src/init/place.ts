import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { usageError } from '../errors.ts'
import { openGit } from '../git/git.ts'

/** Where a project is to go, checked; nothing is written yet. */
export type Place = {
  /** Absolute. */
  folder: string
  /** The folder is there (and empty, or holds nothing in the way). */
  exists: boolean
  /** Nearest folder above that exists. */
  anchor: string
  /** Root of the git repository around it; null: a new one is made in the folder. */
  repository: string | null
}

/** Files that a new repository may already hold and the template does not bring. */
const harmless = /^(\.git|\.gitattributes|\.github|\.DS_Store|LICEN[CS]E(\..*)?)$/

/** Checks that a project can be made in `dir`. Exit 2 names what is in the way. */
export async function findPlace(dir: string): Promise<Place> {
  const folder = resolve(dir)
  const entries = await listFolder(folder)
  if (entries === null && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(basename(folder))) {
    throw usageError({
      code: 'name_invalid',
      what: `"${basename(folder)}" cannot name a project's folder.`,
      why: 'It is made of letters, digits, dots, hyphens and underscores, and starts with no sign.',
      next: ['Choose a name such as acme-auth. Nothing was written.'],
    })
  }
  const inTheWay = (entries ?? []).filter((name) => !harmless.test(name))
  if (inTheWay.length > 0) throw filesInTheWay(folder, inTheWay)
  const anchor = await nearestFolder(entries ? folder : dirname(folder))
  const repository = await openGit(anchor).ask(['rev-parse', '--show-toplevel'])
  const place = { folder, exists: entries !== null, anchor, repository: repository || null }
  if (place.repository) await checkRepository(place, place.repository)
  return place
}

async function checkRepository(place: Place, repository: string): Promise<void> {
  const git = openGit(repository)
  const inside = relative(
    repository,
    join(await realpath(place.anchor), relative(place.anchor, place.folder)),
  )
  if (inside && (await git.ask(['check-ignore', '-q', '--', inside])) !== null) {
    throw usageError({
      code: 'folder_ignored',
      what: `${place.folder} is ignored by git.`,
      why: `The .gitignore of ${repository} leaves it out, so the project could not be committed.`,
      next: ['Choose another folder, or take the line out of .gitignore.'],
    })
  }
  const gitFolder = await git.run(['rev-parse', '--absolute-git-dir'])
  for (const name of ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'rebase-merge', 'rebase-apply']) {
    if (!(await exists(join(gitFolder, name)))) continue
    throw usageError({
      code: 'repository_busy',
      what: 'The git repository is in the middle of a merge or rebase.',
      why: `A commit now would become part of it (${name}).`,
      next: ['Finish or abort it, then run the command again.'],
    })
  }
}

function filesInTheWay(folder: string, names: string[]) {
  const shown = names.slice(0, 5).join(', ')
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return usageError({
    code: 'folder_not_empty',
    what: `${folder} is not empty.`,
    why: `In the way: ${shown}${more}.`,
    next: ['Choose another folder: authstack init my-auth', 'Nothing was written.'],
  })
}

/** Names in a folder, or null when there is none. Exit 2 when a file has the folder's name. */
async function listFolder(folder: string): Promise<string[] | null> {
  return readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return null
    if (error.code === 'ENOTDIR') {
      throw usageError({
        code: 'folder_is_file',
        what: `${folder} is a file.`,
        why: 'A project needs a folder of its own.',
        next: ['Choose another folder: authstack init my-auth'],
      })
    }
    throw error
  })
}

async function nearestFolder(folder: string): Promise<string> {
  if (await exists(folder)) return folder
  return nearestFolder(dirname(folder))
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
