import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authstackBin } from '../../lib/repository.ts'

/** What a command left behind. `json` is its stdout when that was one JSON document. */
export type Outcome = {
  code: number
  stdout: string
  stderr: string
  // biome-ignore lint/suspicious/noExplicitAny: results differ by command, tests assert on what they read
  json: any
  seconds: number
}

/** A place of its own for everything a test's projects keep on this computer. */
export type Sandbox = { folder: string; env: NodeJS.ProcessEnv }

/**
 * A fresh sandbox. The cache (Keycloak, node_modules) stays the user's own: it is keyed by content,
 * and a second download would prove nothing.
 */
export function makeSandbox(): Sandbox {
  // Short: the path of a unix socket below it holds at most 107 bytes.
  const folder = mkdtempSync(join(tmpdir(), 'asc-'))
  // PostgreSQL runs under another uid when we are root, and must be able to walk in.
  chmodSync(folder, 0o755)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    AUTHSTACK_HOME: join(folder, 'home'),
    // Another home does not know which ports this one keeps while nothing listens on them.
    AUTHSTACK_PORT_BASE: String(5000 + 100 * randomInt(40)),
  }
  for (const name of [
    'CI',
    'AUTHSTACK_ENV',
    'AUTHSTACK_DEBUG',
    'NODE_TEST_CONTEXT',
    'NODE_OPTIONS',
  ]) {
    delete env[name]
  }
  return { folder, env: { ...env, NO_COLOR: '1' } }
}

type Running = {
  box: Sandbox
  cwd: string
  timeoutSeconds?: number
  /** Piped into stdin, which is closed when there is none. */
  input?: string
  /** Called with each line of stderr, for instance to interrupt at a step. */
  onLine?: (line: string, child: ChildProcess) => void
}

/** Runs `authstack <args>` as a user without a terminal would. A hang is a failed test, not a stuck run. */
export function authstack(args: string[], running: Running): Promise<Outcome> {
  const { box, cwd, timeoutSeconds = 300, input, onLine } = running
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [authstackBin, ...args], {
      cwd,
      env: box.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    // A command that does not read ends the pipe first; that is its right.
    child.stdin.on('error', () => {})
    child.stdin.end(input ?? '')
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`authstack ${args.join(' ')} hung for ${timeoutSeconds} s\n${stderr}`))
    }, timeoutSeconds * 1000)
    let stdout = ''
    let stderr = ''
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine?.(line, child)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({
        code: code ?? (signal === 'SIGINT' ? 130 : 1),
        stdout,
        stderr,
        json: parse(stdout),
        seconds: (performance.now() - started) / 1000,
      })
    })
  })
}

/** The same with `--json`, failing the test with all that was said when the exit code differs. */
export async function authstackJson(
  args: string[],
  running: Running,
  code = 0,
  // biome-ignore lint/suspicious/noExplicitAny: see Outcome.json
): Promise<any> {
  const outcome = await authstack([...args, '--json'], running)
  if (outcome.code !== code || outcome.json === null) throw new Error(told(args, outcome, code))
  return outcome.json
}

/** All an outcome said, for a failed assertion. */
export function told(args: string[], outcome: Outcome, wanted?: number): string {
  const tail = outcome.stderr.split('\n').slice(-25).join('\n')
  const want = wanted === undefined ? '' : ` instead of ${wanted}`
  return `authstack ${args.join(' ')}: exit ${outcome.code}${want}\n${outcome.stdout.slice(0, 3000)}\n${tail}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
