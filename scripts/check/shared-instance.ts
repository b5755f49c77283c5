import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
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

/** Starts it by `bin/demo --json`. The file holds that answer and `home`, `state` (folder of the instance). */
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
  if (finished.exitCode === 0) {
    const demo = JSON.parse(finished.stdout.trim().split('\n').at(-1) ?? '')
    const { id } = JSON.parse(
      readFileSync(join(demo.project, '.authstack', 'project.json'), 'utf8'),
    )
    const home = join(shared.scratch, 'home')
    writeFileSync(shared.file, JSON.stringify({ ...demo, home, state: join(home, id, 'local') }))
  }
  return finished
}

/** Ends all of it, also what a broken `bin/demo stop` would leave, and deletes the folder. */
export async function stopSharedInstance(shared: SharedInstance, log: string): Promise<void> {
  if (existsSync(join(shared.scratch, 'demo'))) {
    await runCommand([join(repository, 'bin', 'demo'), 'stop'], {
      cwd: repository,
      env: { ...process.env, ...shared.env },
      log,
      timeoutSeconds: stopTimeoutSeconds,
      signal: new AbortController().signal,
    })
  }
  endLeftovers(shared.scratch)
  rmSync(shared.scratch, { recursive: true, force: true, maxRetries: 5 })
}

/**
 * Kills processes whose environment names our scratch folder as AUTHSTACK_HOME. The folder's random name is in no
 * other process, so this ends nothing that was not started here. Linux only; elsewhere the records must do.
 */
function endLeftovers(scratch: string): void {
  if (!existsSync('/proc/self/environ')) return
  const needle = `AUTHSTACK_HOME=${join(scratch, 'home')}`
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) continue
    try {
      if (readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(needle)) {
        process.kill(pid, 'SIGKILL')
      }
    } catch {
      // Ended meanwhile, or not ours to read: then not ours to end.
    }
  }
}
