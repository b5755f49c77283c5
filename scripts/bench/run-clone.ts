import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Demo } from '../demo/demo.ts'
import { repository } from '../lib/repository.ts'

const demoTimeoutSeconds = 1200

/** A fresh clone of this repository's HEAD with a home and a cache of its own: nothing built or fetched before. */
export type CloneRun = {
  demo: Demo
  firstSeconds: number
  secondSeconds: number
  againSeconds: number
  /** Ends and deletes everything. */
  end: () => void
  env: NodeJS.ProcessEnv
}

/** Clones, runs `bin/demo` three times (fresh, after `bin/demo stop`, while it runs) and leaves it running. */
export function runClone(): CloneRun {
  const scratch = mkdtempSync(join(tmpdir(), 'ab-'))
  chmodSync(scratch, 0o755)
  const clone = join(scratch, 'authstack')
  const env = {
    ...process.env,
    AUTHSTACK_HOME: join(scratch, 'home'),
    AUTHSTACK_CACHE: join(scratch, 'cache'),
    AUTHSTACK_DEMO_DIR: join(scratch, 'demo'),
  }
  const end = () => {
    spawnSync(join(clone, 'bin', 'demo'), ['stop'], { env, stdio: 'ignore' })
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const started = performance.now()
    run('git', ['clone', '--quiet', repository, clone], env)
    const demo = runDemo(clone, env)
    const firstSeconds = secondsSince(started)
    run(join(clone, 'bin', 'demo'), ['stop'], env)
    const restarted = performance.now()
    runDemo(clone, env)
    const secondSeconds = secondsSince(restarted)
    const again = performance.now()
    runDemo(clone, env)
    return { demo, firstSeconds, secondSeconds, againSeconds: secondsSince(again), end, env }
  } catch (error) {
    end()
    throw error
  }
}

function runDemo(clone: string, env: NodeJS.ProcessEnv): Demo {
  return JSON.parse(
    run(join(clone, 'bin', 'demo'), ['--json'], env)
      .trim()
      .split('\n')
      .at(-1) ?? '',
  )
}

function run(program: string, args: string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, error } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: demoTimeoutSeconds * 1000,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed (exit ${status})`)
  return stdout
}

const secondsSince = (start: number) => (performance.now() - start) / 1000
