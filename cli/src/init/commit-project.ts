import type { Git } from '../git/git.ts'

const message = 'Add the auth server made by authstack init'

/** Starts a repository in a folder, on the person's usual first branch. */
export async function startRepository(git: Git): Promise<void> {
  const usual = await git.ask(['config', '--get', 'init.defaultBranch'])
  await git.run(['init', '--quiet', ...(usual ? [] : ['--initial-branch=main'])])
}

/**
 * Commits exactly `paths` (relative to git's folder) and nothing the person had staged. Gives the
 * commit's id; on failure the paths are unstaged again.
 */
export async function commitPaths(
  git: Git,
  paths: string[],
  identityArgs: string[],
): Promise<string> {
  const input = paths.join('\0')
  const fromInput = ['--pathspec-from-file=-', '--pathspec-file-nul']
  const literal = ['--literal-pathspecs']
  try {
    // Forced: a .gitignore above may leave out files that the project needs, such as vendor/*.tgz.
    await git.run([...literal, 'add', '--force', ...fromInput], { input })
    await git.run(
      [...literal, ...identityArgs, 'commit', '--quiet', '--message', message, ...fromInput],
      { input },
    )
  } catch (error) {
    await git.ask(['update-index', '--force-remove', '-z', '--stdin'], { input })
    throw error
  }
  return git.run(['rev-parse', 'HEAD'])
}
