import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { authstackBin } from '../../../lib/repository.ts'
import type { Project } from './project.ts'

/** An `authstack dev` that runs while a test goes on. */
export type RunningDev = {
  /** Place in what it said so far; `says` looks after it. */
  mark: () => number
  /** Waits until it said that, else throws with all it said. */
  says: (pattern: RegExp, from?: number) => Promise<void>
  /** Ctrl-C; gives the exit code. */
  interrupt: () => Promise<number | null>
  /** Kills it, when it still runs. */
  end: () => void
}

const sayTimeoutSeconds = 120
const endTimeoutSeconds = 30

/** Starts `authstack dev` as a user without a terminal would. */
export function startDev(project: Project): RunningDev {
  const child = spawn(process.execPath, [authstackBin, 'dev'], {
    cwd: project.folder,
    env: project.box.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const until = async (isThere: () => boolean, timeoutSeconds: number, what: string) => {
    const deadline = Date.now() + timeoutSeconds * 1000
    while (!isThere()) {
      if (Date.now() > deadline || (hasEnded() && !isThere())) {
        throw new Error(`authstack dev: ${what} (exit ${child.exitCode}); it said:\n${said}`)
      }
      await sleep(50)
    }
  }
  return {
    mark: () => said.length,
    says: (pattern, from = 0) =>
      until(() => pattern.test(said.slice(from)), sayTimeoutSeconds, `never said ${pattern}`),
    async interrupt() {
      child.kill('SIGINT')
      await until(hasEnded, endTimeoutSeconds, 'did not end on Ctrl-C')
      return child.exitCode
    },
    end: () => {
      if (!hasEnded()) child.kill('SIGKILL')
    },
  }
}
