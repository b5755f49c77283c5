import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { usageError } from '../errors.ts'
import { settingsFile } from '../project/find-project.ts'
import { settingsLiteral } from '../project/read-settings.ts'
import { type Changes, compareFiles, type Manifest, readManifest } from '../release/manifest.ts'
import { normalizeVersion } from '../release/version.ts'
import { findInstance } from '../state/find-instance.ts'
import type { Instance } from '../state/instance.ts'
import { compareSettings, type SettingChange } from './compare-settings.ts'

export type MigrationChange = {
  name: string
  /** `contract`: rollback beyond it is refused. */
  kind: 'expand' | 'contract' | 'unknown'
  change: 'added' | 'removed' | 'changed'
}

export type DiffResult = {
  from: string
  to: string
  settings: SettingChange[]
  files: Changes
  migrations: MigrationChange[]
}

const migrationFile = /^(?:src\/db|extensions)\/migrations\/([^/]+)\.(?:ts|js|sql)$/

/** What differs between two released versions; `to` is the one that serves now when absent. */
export async function diffVersions(
  environment: string,
  from: string,
  to: string | undefined,
): Promise<DiffResult> {
  const { instance } = await findInstance(environment)
  const older = findRelease(instance, from)
  const newer = findRelease(instance, to ?? instance.version ?? '')
  const files = compareFiles(older.manifest.files, newer.manifest.files)
  return {
    from: older.manifest.version,
    to: newer.manifest.version,
    settings: compareSettings(await readOld(older.folder), await readOld(newer.folder)),
    files,
    migrations: await migrationChanges(files, older.folder, newer.folder),
  }
}

type Release = { folder: string; manifest: Manifest }

function findRelease(instance: Instance, name: string): Release {
  const version = normalizeVersion(name)
  const folder = join(instance.paths.releases, version ?? '-')
  const manifest = version ? readManifest(folder) : null
  if (manifest) return { folder, manifest }
  const known = [...new Set(instance.history.map((entry) => entry.version))]
  throw usageError({
    code: 'version_unknown',
    what: `There is no version "${name}" on this computer.`,
    why: known.length ? `Released so far: ${known.slice(-8).join(', ')}.` : 'Nothing was released.',
    next: ['authstack history lists the versions and which are kept.'],
  })
}

/** Old settings may be of an older shape: they are compared as they are, unchecked. */
async function readOld(folder: string): Promise<unknown> {
  const source = await readFile(join(folder, settingsFile), 'utf8')
  return (await settingsLiteral(source, settingsFile)).value
}

async function migrationChanges(files: Changes, from: string, to: string) {
  const pick = async (paths: string[], folder: string, change: MigrationChange['change']) => {
    const found = paths.filter((path) => migrationFile.test(path) && !path.includes('.test.'))
    return Promise.all(
      found.map(async (path) => ({
        name: basename(path).replace(/\.[^.]+$/, ''),
        kind: kindOf(await readFile(join(folder, path), 'utf8')),
        change,
      })),
    )
  }
  return [
    ...(await pick(files.added, to, 'added')),
    ...(await pick(files.changed, to, 'changed')),
    ...(await pick(files.removed, from, 'removed')),
  ]
}

function kindOf(source: string): MigrationChange['kind'] {
  const kind = /export const kind\s*(?::[^=]+)?=\s*['"](expand|contract)['"]/.exec(source)?.[1]
  return (kind as MigrationChange['kind'] | undefined) ?? 'unknown'
}
