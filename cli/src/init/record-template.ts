import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Git } from '../git/git.ts'
import type { Answers, ProjectIdentity } from './render-project.ts'

export const templateRef = 'refs/authstack/template'

/**
 * Commits the pristine rendered template, apart from every branch, and gives its id. `upgrade`
 * merges from it three ways. The message ends in one JSON line with version and answers.
 */
export async function commitTemplate(
  git: Git,
  folder: string,
  answers: Answers,
  identity: ProjectIdentity,
  identityArgs: string[],
): Promise<string> {
  const gitFolder = await git.run(['rev-parse', '--absolute-git-dir'])
  const scratch = await mkdtemp(join(tmpdir(), 'authstack-index-'))
  // An index of its own: the person's staged changes are not ours to touch.
  const env = { GIT_INDEX_FILE: join(scratch, 'index') }
  const at = [`--git-dir=${gitFolder}`, `--work-tree=${folder}`]
  try {
    await git.run([...at, '-C', folder, 'add', '--all', '--force', '.'], { env })
    const tree = await git.run([...at, 'write-tree'], { env })
    const record = JSON.stringify({ ...identity, answers })
    const message = `AuthStack template ${identity.templateVersion}, as rendered\n\n${record}\n`
    return await git.run([...identityArgs, ...at, 'commit-tree', tree], { input: message })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The reference of a project's template: the plain name, or one of its own in a shared repository. */
export async function pointTemplateRef(git: Git, id: string, commit: string): Promise<string> {
  const taken = await git.ask(['rev-parse', '--verify', '--quiet', templateRef])
  const ref = taken ? `${templateRef}-${id}` : templateRef
  await git.run(['update-ref', ref, commit])
  return ref
}
