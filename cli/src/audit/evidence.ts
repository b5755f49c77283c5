import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { type ApiKey, listKeys } from '../keys/keys.ts'
import type { Mode, OperatorClient } from '../operator/operator-client.ts'
import { listOrganizations } from '../orgs/orgs.ts'
import type { Settings } from '../project/settings-schema.ts'
import { evidenceReadme } from './evidence-readme.ts'
import { exportLines } from './export-lines.ts'
import { listAccess } from './list-access.ts'
import { listTrails, type Verification } from './trails.ts'
import type { KnownHead } from './verify-file.ts'
import { verifyTrails } from './verify-trails.ts'
import { writeExport } from './write-export.ts'

type Options = {
  folder: string
  project: string
  environment: string
  mode: Mode
  settings: Settings
  settingsFile: string
  /** Ends of trails from an earlier folder. */
  heads: KnownHead[]
  withEvents: boolean
  onStep?: (text: string) => void
}

export type Evidence = {
  folder: string
  files: string[]
  isWhole: boolean
  results: Verification[]
}

/** Writes what an auditor asks for into a new folder, with a sum of every file. */
export async function writeEvidence(operator: OperatorClient, options: Options): Promise<Evidence> {
  const { folder, onStep = () => {} } = options
  await makeFolder(folder)
  const write = (name: string, value: unknown) =>
    writeFile(join(folder, name), text(value), { mode: 0o600 })

  onStep('Settings, roles and keys')
  const source = await readFile(options.settingsFile)
  await write('settings.json', settingsDigest(options.settings, source))
  await write('roles.json', {
    permissions: options.settings.permissions,
    roles: options.settings.roles,
  })
  const keys = await listKeys(operator)
  await write('keys.json', keys.data.map(withoutSecret))

  onStep('Who has access')
  const organizations = await listOrganizations(operator)
  await writeExport(listAccess(operator, organizations.data), join(folder, 'access.csv'))

  onStep('The trails')
  const trails = await listTrails(operator)
  await write('trails.json', trails)
  await write('public-key.pem', trails.publicKey)
  const results = await verifyTrails(operator, { heads: options.heads })
  await write('verification.json', results)
  if (options.withEvents) {
    for (const trail of trails.data) {
      const isOperators = /^[0-]+$/.test(trail.id)
      const lines = exportLines(operator, {
        organization: isOperators ? undefined : trail.id,
        format: 'ndjson',
      })
      const name = `trail-${isOperators ? 'operators' : trail.id}.ndjson`
      await writeExport(lines, join(folder, name))
    }
  }
  await write('README.md', evidenceReadme(options, trails, results))
  const files = await writeSums(folder)
  return { folder, files, isWhole: results.every(({ isWhole }) => isWhole), results }
}

/** What protects sign-ins, and a sum by which the whole file can be compared with a release. */
function settingsDigest(settings: Settings, source: Buffer) {
  const { security, passwordPolicy, session, signIn, signup, ...rest } = settings
  const { audit, alerts } = rest as Record<string, unknown>
  const sum = createHash('sha256').update(source).digest('hex')
  return { sha256: sum, signup, signIn, passwordPolicy, session, security, audit, alerts }
}

/** A publishable key may be shown, but no auditor needs it. */
function withoutSecret({ key: _key, ...facts }: ApiKey) {
  return facts
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length === 0) return
  throw new UserError({
    code: 'evidence_exists',
    what: `${folder} is not empty.`,
    why: 'Evidence of two days in one folder would be evidence of neither.',
    next: ['Name a new folder: authstack audit evidence --output evidence-2'],
  })
}

/** SHA256SUMS as `sha256sum -c` reads it. */
async function writeSums(folder: string): Promise<string[]> {
  const files = (await readdir(folder)).sort()
  const lines = await Promise.all(
    files.map(async (name) => {
      const sum = createHash('sha256').update(await readFile(join(folder, name)))
      return `${sum.digest('hex')}  ${name}`
    }),
  )
  await writeFile(join(folder, 'SHA256SUMS'), `${lines.join('\n')}\n`, { mode: 0o600 })
  return [...files, 'SHA256SUMS']
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`
}
