import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { authstackBin } from './repository.ts'
import { showProgress } from './show-progress.ts'
import { ScriptError } from './terminal.ts'

type Options = {
  cwd: string
  /** Show the command's own progress (its stderr) as it comes. */
  showProgress?: boolean
  timeoutSeconds?: number
  env?: NodeJS.ProcessEnv
}

/**
 * Runs the CLI as a user without a terminal would and gives its `--json` answer.
 * Throws a ScriptError that carries the last lines it said when the exit code is not 0.
 */
export async function runAuthstack<T>(args: string[], options: Options): Promise<T> {
  const { stdout, stderr, code } = await spawnAuthstack([...args, '--json'], options)
  if (code !== 0) throw failure(args, code, stdout, stderr, options.cwd)
  try {
    return JSON.parse(stdout) as T
  } catch {
    throw new Error(`authstack ${args.join(' ')} --json printed no JSON:\n${stdout.slice(0, 2000)}`)
  }
}

function spawnAuthstack(
  args: string[],
  { cwd, showProgress: isShown = false, timeoutSeconds = 900, env = process.env }: Options,
): Promise<{ stdout: string; stderr: string; code: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [authstackBin, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutSeconds * 1000,
    })
    let stdout = ''
    let stderr = ''
    const show = isShown ? showProgress() : null
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
      show?.(text)
    })
    child.on('error', reject)
    child.on('close', (code, signal) =>
      resolve({ stdout, stderr, code: code ?? (signal ? 130 : 1) }),
    )
  })
}

function failure(args: string[], code: number, stdout: string, stderr: string, cwd: string): Error {
  const error = readError(stdout)
  const command = `authstack ${args.join(' ')}`
  return new ScriptError(error?.what ?? `${command} failed (exit ${code})`, {
    why: lastLines(error?.why || stderr || stdout, 12),
    todo: error?.next.join(' ') || `Mend it, then run it again: cd ${cwd} && ${command}`,
    more: `${command} (exit ${code}${error ? `, ${error.code}` : ''}); authstack logs in ${cwd}`,
  })
}

/** The `{error}` that every command prints on stdout with `--json` when it fails. */
function readError(
  stdout: string,
): { code: string; what: string; why: string; next: string[] } | null {
  try {
    return JSON.parse(stdout).error ?? null
  } catch {
    return null
  }
}

function lastLines(text: string, count: number): string {
  return stripVTControlCharacters(text).trim().split('\n').slice(-count).join('\n        ')
}
