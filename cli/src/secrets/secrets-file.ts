import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import type { StatePaths } from '../state/state-paths.ts'

/** Name → value as the server reads it, and apart from it when each was set. */
export type Secrets = Record<string, string>
export type SecretInfo = { name: string; setAt: string | null }

/** True, or what is wrong with a secret's name. */
export function checkSecretName(name: string): true | string {
  return /^[A-Z][A-Z0-9_]{1,63}$/.test(name)
    ? true
    : 'It is made of capitals, digits and underscores, such as STRIPE_SECRET_KEY.'
}

/** Names and dates only: there is no way to read a value back. */
export async function listSecrets(paths: StatePaths): Promise<SecretInfo[]> {
  const [secrets, dates] = await Promise.all([
    readJson(paths.secretsFile),
    readJson(datesFile(paths)),
  ])
  return Object.keys(secrets)
    .sort()
    .map((name) => ({ name, setAt: dates[name] ?? null }))
}

/** Sets (or with null removes) one secret. Values live apart from releases: a rollback keeps them. */
export async function writeSecret(
  paths: StatePaths,
  name: string,
  value: string | null,
): Promise<{ existed: boolean }> {
  await mkdir(paths.credentials, { recursive: true, mode: 0o700 })
  await chmod(paths.credentials, 0o700)
  const secrets = await readJson(paths.secretsFile)
  const dates = await readJson(datesFile(paths))
  const existed = Object.hasOwn(secrets, name)
  if (value === null) {
    delete secrets[name]
    delete dates[name]
  } else {
    secrets[name] = value
    dates[name] = new Date().toISOString()
  }
  await writePrivate(paths.secretsFile, secrets)
  await writePrivate(datesFile(paths), dates)
  return { existed }
}

function datesFile(paths: StatePaths): string {
  return `${paths.folder}/secrets-set-at.json`
}

async function readJson(path: string): Promise<Secrets> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{}'
    throw new UserError({
      code: 'secrets_unreadable',
      what: 'The secrets of this environment cannot be read.',
      why: `${error.code}: ${path}`,
      next: ['Run the command as the user who deployed it.'],
      exitCode: exitCodes.notSignedIn,
      cause: error,
    })
  })
  // A null prototype: a secret called __proto__ or constructor is a name like any other.
  return Object.assign(Object.create(null), JSON.parse(text)) as Secrets
}

/** Written aside with 0600 and renamed: no moment at which others may read it or half of it is there. */
async function writePrivate(path: string, value: Secrets): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const aside = `${path}.${randomBytes(4).toString('hex')}`
  try {
    const file = await open(aside, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(value, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, path)
  } finally {
    await rm(aside, { force: true })
  }
}
