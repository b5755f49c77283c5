import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import type { Machine, Problem } from '../machine/machine.ts'
import type { GitState } from '../release/git-state.ts'

/** Entry points without which a release can do nothing. */
const NEEDED = [
  'package.json',
  'package-lock.json',
  'src/main.ts',
  'src/tasks/bootstrap-database.ts',
  'src/tasks/bootstrap-keycloak.ts',
  'src/tasks/migrate.ts',
  'src/tasks/reconcile.ts',
]

/** Checks machine and project, and throws all that is wrong at once. Changes nothing. */
export async function preflight(
  machine: Machine,
  git: GitState | null,
  project: string,
): Promise<void> {
  const problems = [...checkProject(project, git), ...(await machine.inspect())]
  const [first] = problems
  if (!first) return
  if (problems.length === 1) {
    throw new UserError({
      code: first.code,
      what: first.what,
      why: 'Preflight found it before anything was changed.',
      next: [first.next],
      exitCode: exitCodes.infrastructure,
    })
  }
  throw new UserError({
    code: 'preflight_failed',
    what: `${problems.length} things are in the way of a deploy`,
    why: problems.map(({ what }) => `- ${what}`).join('\n'),
    next: problems.map(({ next }) => next),
    exitCode: exitCodes.infrastructure,
  })
}

function checkProject(project: string, git: GitState | null): Problem[] {
  const problems: Problem[] = []
  if (!git) {
    problems.push({
      code: 'not_in_git',
      what: 'The project is not in a git repository',
      next: 'git init && git add . && git commit -m "Start"',
    })
  }
  const missing = NEEDED.filter((path) => !existsSync(join(project, path)))
  if (missing.length > 0) {
    problems.push({
      code: 'project_incomplete',
      what: `The project lacks ${missing.join(', ')}`,
      next: 'Bring them back from git: git checkout -- .',
    })
  }
  return problems
}
