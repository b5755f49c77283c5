import type { Git } from './git.ts'

/** `-c` arguments that give a commit an author where git knows none; empty where it does. */
export async function identityArguments(git: Git): Promise<string[]> {
  const known =
    (await hasValue(git, 'user.email', ['GIT_AUTHOR_EMAIL', 'GIT_COMMITTER_EMAIL', 'EMAIL'])) &&
    (await hasValue(git, 'user.name', ['GIT_AUTHOR_NAME', 'GIT_COMMITTER_NAME']))
  if (known) return []
  // `.invalid` (RFC 2606) can belong to nobody.
  return ['-c', 'user.name=authstack init', '-c', 'user.email=init@authstack.invalid']
}

async function hasValue(git: Git, key: string, variables: string[]): Promise<boolean> {
  if (variables.some((name) => process.env[name])) return true
  return Boolean(await git.ask(['config', '--get', key]))
}
