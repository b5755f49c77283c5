import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { type Git, openGit } from '../git/git.ts'
import { identityArguments } from '../git/identity.ts'
import type { Output } from '../output/output.ts'
import type { StepList } from '../output/steps.ts'
import { commitPaths, startRepository } from './commit-project.ts'
import { installPackages, runProjectTests } from './install-packages.ts'
import type { Place } from './place.ts'
import { commitTemplate, pointTemplateRef } from './record-template.ts'
import { type Answers, type ProjectIdentity, renderProject } from './render-project.ts'
import { openStaging, type Staging } from './staging.ts'
import { type ProjectFiles, readTemplate } from './template-files.ts'

export type InitOptions = {
  place: Place
  answers: Answers
  shouldInstall: boolean
  cliVersion: string
  output: Output
  signal: AbortSignal
}

export type InitResult = {
  project: string
  name: string
  id: string
  /** Absolute. */
  folder: string
  /** Absolute; null without the sample app. */
  appFolder: string | null
  commit: string
  templateRef: string
  /** The project's own tests ran and passed. False only with --no-install. */
  tested: boolean
}

/** Makes a project. Until the very end nothing is at its place; a failure or Ctrl-C leaves nothing. */
export async function init(options: InitOptions): Promise<InitResult> {
  const { place, answers, output, signal } = options
  const steps = await output.steps(announce(options))
  const staging = await openStaging(place)
  try {
    const { files, identity } = await steps.run('write', async (step) => {
      const rendered = await render(options)
      checkVendored(rendered.files)
      await staging.write(rendered.files)
      step.setDone(`Project written, ${rendered.files.size} files`)
      return rendered
    })
    // Before npm install touches the lockfile: the template is recorded as it was rendered.
    const repository = await openRepository(place, staging)
    const author = await identityArguments(repository)
    const template = await commitTemplate(repository, staging.folder, answers, identity, author)
    if (options.shouldInstall) await installAndTest(staging, options, steps)
    signal.throwIfAborted()
    const { commit, ref } = await steps.run('commit', async () => {
      const paths = await withLockfiles(staging, [...files.keys()])
      const commit = await commitAtPlace(place, staging, paths, author)
      const ref = await pointTemplateRef(openGit(place.folder), identity.id, template)
      return { commit, ref }
    })
    if (author.length > 0) {
      output.warn('git knows no user.name and user.email; this commit is by "authstack init".')
    }
    return {
      project: answers.project,
      name: answers.name,
      id: identity.id,
      folder: place.folder,
      appFolder: answers.appFolder ? join(place.folder, answers.appFolder) : null,
      commit,
      templateRef: ref,
      tested: options.shouldInstall,
    }
  } finally {
    await steps.close()
    await staging.clean()
  }
}

function announce({ answers, shouldInstall }: InitOptions) {
  const app = answers.appFolder
  return [
    { id: 'write', title: 'Write the project' },
    ...(shouldInstall
      ? [
          { id: 'install', title: 'Install npm packages', done: 'npm packages installed' },
          ...(app
            ? [{ id: 'app', title: "Install the app's packages", done: 'Sample app installed' }]
            : []),
          { id: 'test', title: 'Run its tests', done: 'Its own tests pass' },
        ]
      : []),
    { id: 'commit', title: 'Commit', done: 'Committed' },
  ]
}

async function render(options: InitOptions) {
  const server = await readTemplate('auth-server')
  const app = options.answers.appFolder ? await readTemplate('react-app') : null
  const manifest = JSON.parse(server.get('package.json')?.content.toString() ?? '{}')
  const identity: ProjectIdentity = {
    id: newProjectId(),
    templateVersion: String(manifest.version ?? '0.0.0'),
    cliVersion: options.cliVersion,
  }
  const files = await renderProject(server, app, options.answers, identity)
  return { identity, files }
}

async function installAndTest(staging: Staging, options: InitOptions, steps: StepList) {
  const { answers, signal, output } = options
  await steps.run('install', () => installPackages(staging.folder, signal))
  const app = answers.appFolder
  if (app) await steps.run('app', () => installPackages(join(staging.folder, app), signal))
  await steps.run('test', () =>
    runProjectTests(staging.folder, signal, (line) => output.talk(line)),
  )
}

/** The repository around the place, or a new one in the staging folder that will appear with it. */
async function openRepository(place: Place, staging: Staging): Promise<Git> {
  if (place.repository) return openGit(place.repository)
  const git = openGit(staging.folder)
  await startRepository(git)
  return git
}

/** `npm install` writes a lockfile where the template has none. */
async function withLockfiles(staging: Staging, paths: string[]): Promise<string[]> {
  const locks = paths
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .map((path) => path.replace(/package\.json$/, 'package-lock.json'))
  const found = []
  for (const lock of locks) if (await staging.has(lock)) found.push(lock)
  return [...new Set([...paths, ...found])]
}

async function commitAtPlace(place: Place, staging: Staging, paths: string[], author: string[]) {
  if (!place.repository) {
    const commit = await commitPaths(openGit(staging.folder), paths, author)
    await staging.appear()
    return commit
  }
  await staging.appear()
  try {
    return await commitPaths(openGit(place.folder), paths, author)
  } catch (error) {
    await staging.disappear()
    throw error
  }
}

/** The packed @authstack/react is made by this repository's set-up; without it npm install fails. */
function checkVendored(files: ProjectFiles): void {
  for (const [path, { content }] of files) {
    if (!/(^|\/)package\.json$/.test(path)) continue
    const missing = Object.values(JSON.parse(content.toString()).dependencies ?? {})
      .map((wanted) => /^file:(vendor\/.*)$/.exec(String(wanted))?.[1])
      .find((vendored) => vendored && !files.has(path.replace(/package\.json$/, vendored)))
    if (!missing) continue
    throw new UserError({
      code: 'installation_incomplete',
      what: 'This AuthStack installation is not complete.',
      why: `${missing} is missing from its template.`,
      next: ['In a checkout: bin/setup', 'Else: npm install -g authstack'],
    })
  }
}

/** Random, so that two clones or two projects of one name never share state on a computer. */
function newProjectId(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  return Array.from(randomBytes(12), (byte) => letters[byte % letters.length]).join('')
}
