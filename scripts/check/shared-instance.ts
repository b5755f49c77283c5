import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
import { instanceFacts } from './instance-facts.ts'
import { makeSuiteKeys } from './make-suite-keys.ts'
import { type Finished, runCommand } from './run-command.ts'

/**
 * One running demo that every suite shares, with its state in a folder of its own: the user's own demo and
 * instances are neither used nor touched. Downloads and built tools stay in the user's cache, so that a second
 * check is quick.
 */
export type SharedInstance = {
  env: NodeJS.ProcessEnv
  scratch: string
  /** Path of the JSON file that suites find in AUTHSTACK_TEST_INSTANCE. */
  file: string
}

const startTimeoutSeconds = 900
const stopTimeoutSeconds = 120

/** Makes the folder. It is short (socket paths hold 107 bytes) and others may enter it (PostgreSQL drops root). */
export function makeSharedInstance(): SharedInstance {
  const scratch = mkdtempSync(join(tmpdir(), 'as-'))
  chmodSync(scratch, 0o755)
  return {
    scratch,
    file: join(scratch, 'instance.json'),
    env: {
      AUTHSTACK_HOME: join(scratch, 'home'),
      AUTHSTACK_DEMO_DIR: join(scratch, 'demo'),
    },
  }
}

/** Deletes the folder of an instance that was never started. */
export function removeSharedInstance({ scratch }: SharedInstance): void {
  rmSync(scratch, { recursive: true, force: true })
}

/**
 * Starts it by `bin/demo --json`. The file holds that answer, `home`, `state` (its folder), and what
 * instance-facts.ts and make-suite-keys.ts give.
 */
export async function startSharedInstance(
  shared: SharedInstance,
  options: { log: string; signal: AbortSignal },
): Promise<Finished> {
  const finished = await runCommand([join(repository, 'bin', 'demo'), '--json'], {
    cwd: repository,
    env: { ...process.env, ...shared.env },
    timeoutSeconds: startTimeoutSeconds,
    ...options,
  })
  if (finished.exitCode !== 0) return finished
  try {
    await writeInstanceFile(shared, JSON.parse(finished.stdout.trim().split('\n').at(-1) ?? ''))
    return finished
  } catch (error) {
    // A failed start, and not a thrown one: what runs by now must be ended by whoever asked.
    return { ...finished, exitCode: 1, output: `${finished.output}\n${(error as Error).stack}\n` }
  }
}

async function writeInstanceFile(shared: SharedInstance, demo: { project: string }): Promise<void> {
  const { id } = JSON.parse(readFileSync(join(demo.project, '.authstack', 'project.json'), 'utf8'))
  const home = join(shared.scratch, 'home')
  const state = join(home, id, 'local')
  const keys = await makeSuiteKeys(demo.project, { ...process.env, ...shared.env })
  const facts = { home, state, ...instanceFacts(state), ...keys }
  writeFileSync(shared.file, JSON.stringify({ ...demo, ...facts }))
}

/**
 * Ends all of it by `bin/demo stop` and deletes the folder. What that left running is killed, and is a failure:
 * the command promises to end all it started.
 */
export async function stopSharedInstance(shared: SharedInstance, log: string): Promise<Finished> {
  const finished = await runCommand([join(repository, 'bin', 'demo'), 'stop'], {
    cwd: repository,
    env: { ...process.env, ...shared.env },
    log,
    timeoutSeconds: stopTimeoutSeconds,
    signal: new AbortController().signal,
  })
  const leftovers = endLeftovers(shared.scratch)
  rmSync(shared.scratch, { recursive: true, force: true, maxRetries: 5 })
  if (leftovers.length === 0) return finished
  const output = `${finished.output}\nleft running:\n${leftovers.join('\n')}\n`
  return { ...finished, output, exitCode: finished.exitCode || 1 }
}

/**
 * Kills processes that carry our scratch folder's name, and tells their command lines: in AUTHSTACK_HOME, or, since
 * some write over their environment (Redis does), as the folder they work in. The name is random, so this ends
 * nothing that was not started here. Linux only.
 */
function endLeftovers(scratch: string): string[] {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    try {
      if (!isFrom(scratch, pid)) return []
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')
      process.kill(pid, 'SIGKILL')
      return [`${pid} ${command}`]
    } catch {
      // Ended meanwhile, or not ours to read: then not ours to end.
      return []
    }
  })
}

function isFrom(scratch: string, pid: number): boolean {
  if (`${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${scratch}/`)) return true
  const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0')
  return environment.includes(`AUTHSTACK_HOME=${join(scratch, 'home')}`)
}
