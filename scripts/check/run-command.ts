import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

type Options = {
  cwd: string
  env: NodeJS.ProcessEnv
  /** Everything it prints goes here, and into `output`. */
  log: string
  timeoutSeconds: number
  /** Aborting ends the command and everything it started. */
  signal: AbortSignal
}
export type Finished = { exitCode: number; stdout: string; output: string; timedOut: boolean }

const killGraceMilliseconds = 10_000

/** Runs one command with stdin closed, in a process group of its own so that nothing of it can be left behind. */
export function runCommand([program, ...args]: string[], options: Options): Promise<Finished> {
  const { cwd, env, log, timeoutSeconds, signal } = options
  mkdirSync(dirname(log), { recursive: true })
  const file = createWriteStream(log)
  return new Promise((resolve) => {
    const child = spawn(program === 'node' ? process.execPath : (program ?? ''), args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let output = ''
    let timedOut = false
    const take = (text: string) => {
      output += text
      file.write(text)
    }
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
      take(text)
    })
    child.stderr.setEncoding('utf8').on('data', take)
    const end = () => endGroup(child.pid)
    const timer = setTimeout(() => {
      timedOut = true
      take(`\nended after ${timeoutSeconds} s, the time it was given\n`)
      end()
    }, timeoutSeconds * 1000)
    signal.addEventListener('abort', end, { once: true })
    if (signal.aborted) end()
    const finish = (exitCode: number) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      file.end()
      resolve({ exitCode, stdout, output, timedOut })
    }
    child.on('error', (error) => {
      take(`${error.message}\n`)
      finish(127)
    })
    // `exit`, not `close`: a daemon it started may hold the pipes open for good.
    child.on('exit', (code) => setTimeout(() => finish(code ?? 1), 50))
  })
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  const send = (signal: NodeJS.Signals) => {
    try {
      process.kill(-pid, signal)
    } catch {
      // The group is gone already.
    }
  }
  send('SIGTERM')
  setTimeout(() => send('SIGKILL'), killGraceMilliseconds).unref()
}
