import { openGit } from '../git/git.ts'

export type GitState = {
  /** Short hash; null in a repository without a commit. */
  commit: string | null
  /** First line of its message. */
  message: string | null
  /** The working tree differs from the commit: the version holds more than git knows. */
  isDirty: boolean
}

/** What git says of the project's folder, or null when it is in no repository. */
export async function readGitState(folder: string): Promise<GitState | null> {
  const git = openGit(folder)
  if ((await git.ask(['rev-parse', '--is-inside-work-tree'])) === null) return null
  const log = await git.ask(['log', '-1', '--format=%h%n%s'])
  const [commit = null, message = null] = log?.trim().split('\n') ?? []
  const status = await git.ask(['status', '--porcelain', '--', '.'])
  return { commit, message, isDirty: Boolean(status?.trim()) }
}

/** Files of the working tree, relative to `folder`: tracked, and untracked but not ignored. */
export async function listWorkingTree(folder: string): Promise<string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const text = await openGit(folder).ask(args)
  if (text === null) throw new Error(`${folder} is not a git working tree`)
  return [...new Set(text.split('\0').filter(Boolean))]
}

/** The person's name for the history: git's user, else the system's. */
export async function whoAmI(folder: string): Promise<string> {
  const name = (await openGit(folder).ask(['config', 'user.name']))?.trim()
  return name || process.env.USER || process.env.LOGNAME || 'unknown'
}
