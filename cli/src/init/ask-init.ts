import { readdir } from 'node:fs/promises'
import { basename, isAbsolute, normalize, resolve } from 'node:path'
import { usageError } from '../errors.ts'
import type { Output } from '../output/output.ts'
import { askChoice, askText, askYesNo } from '../prompt/ask.ts'
import { checkName, checkSlug, guessName, toSlug } from './names.ts'
import { findPlace, type Place } from './place.ts'
import { checkRegion, localRegion, regions } from './regions.ts'
import type { Answers } from './render-project.ts'

export type InitFlags = {
  dir?: string
  name?: string
  region?: string
  withApp?: boolean
  appFolder?: string
  yes?: boolean
}

/** Where and what to make: from flags, else asked. All of it is checked before anything is written. */
export async function askInit(
  output: Output,
  flags: InitFlags,
): Promise<{ place: Place; answers: Answers }> {
  checkFlag('--region', flags.region, checkRegion)
  checkFlag('--app-dir', flags.appFolder, checkAppFolder)
  const dir = flags.dir ?? ((await isEmpty('.')) ? '.' : undefined)
  let place = dir === undefined ? null : await findPlace(dir)
  const folderName = place ? basename(place.folder) : ''
  const name = await askText(output, {
    flag: '--name',
    message: 'Name that people see when they sign in',
    value: flags.name?.trim(),
    // Not guessed where nobody is asked: the name is on every page and mail.
    default: output.canAsk ? guessName(folderName) || 'Acme' : undefined,
    validate: checkName,
  })
  place ??= await findPlace(`${toSlug(name)}-auth`)
  const project = slugFor(basename(place.folder), name)
  const region = await askChoice(output, {
    flag: '--region',
    message: 'Where will production run?',
    value: flags.region,
    default: localRegion,
    validate: checkRegion,
    choices: [
      { value: localRegion, name: 'Only this computer for now' },
      ...regions.map(({ name, place }) => ({ value: name, name: `${name} (${place})` })),
    ],
  })
  const withApp = await askYesNo(output, {
    flag: '--with-app',
    message: 'Add the sample React app?',
    value: flags.withApp ?? (flags.appFolder ? true : undefined),
    default: output.canAsk ? undefined : false,
    yes: flags.yes,
  })
  const appFolder = withApp ? normalize(flags.appFolder ?? 'app').replace(/\/$/, '') : null
  return { place, answers: { name, project, region, appFolder } }
}

/** The folder's name as slug; the product's when the folder has none that can be one. */
function slugFor(folderName: string, name: string): string {
  const wanted = [toSlug(folderName), `${toSlug(name)}-auth`]
  const slug = wanted.find((candidate) => checkSlug(candidate) === true)
  if (slug) return slug
  throw usageError({
    code: 'name_invalid',
    what: `"${folderName}" cannot name a project.`,
    why: String(checkSlug(wanted[0] ?? '')),
    next: ['Choose a folder such as acme-auth, or a --name with Latin letters.'],
  })
}

function checkAppFolder(folder: string): true | string {
  const path = normalize(folder)
  if (isAbsolute(folder) || path.startsWith('..') || path === '.') {
    return 'It is a folder inside the project, such as app or apps/web.'
  }
  const taken = ['src', 'web', 'keycloak', 'extensions', 'test', 'vendor', '.git', '.authstack']
  if (taken.includes(path.split('/')[0] ?? ''))
    return `${path.split('/')[0]} holds the server's own files.`
  return /^[A-Za-z0-9._/-]+$/.test(path) ? true : 'Use letters, digits, dots and hyphens.'
}

function checkFlag(
  flag: string,
  value: string | undefined,
  check: (value: string) => true | string,
): void {
  const verdict = value === undefined ? true : check(value)
  if (verdict === true) return
  throw usageError({
    code: 'answer_invalid',
    what: `${flag} "${value}" cannot be used.`,
    why: verdict,
    next: [`Run the command again with another ${flag}. Nothing was written.`],
  })
}

async function isEmpty(folder: string): Promise<boolean> {
  const names = await readdir(resolve(folder))
  return names.every((name) => name === '.git' || name === '.DS_Store')
}
