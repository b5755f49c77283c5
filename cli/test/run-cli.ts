import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../bin/run.js', import.meta.url))

/** Small templates with the shape of the real ones and no packages, so that init takes a second. */
export const smallTemplates = fileURLToPath(new URL('fixtures/templates', import.meta.url))

export type CliOutcome = {
  code: number | null
  stdout: string
  stderr: string
  // biome-ignore lint/suspicious/noExplicitAny: each test asserts on what it reads of it
  json: any
}

type RunOptions = {
  cwd: string
  env?: NodeJS.ProcessEnv
  /** Text for stdin; nothing (closed) when absent. */
  input?: string
  onStart?: (child: ChildProcess) => void
  onLine?: (line: string, child: ChildProcess) => void
}

/** Runs the built CLI as a user without a terminal would. Rejects when it hangs. */
export function runCli(args: string[], options: RunOptions): Promise<CliOutcome> {
  const env = cleanEnv({ AUTHSTACK_TEMPLATES: smallTemplates, ...options.env })
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: options.cwd, env })
    let stdout = ''
    let stderr = ''
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`authstack ${args.join(' ')} hangs\n${stderr}`))
    }, 25_000)
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      for (const line of text.split('\n')) options.onLine?.(line, child)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, stdout, stderr, json: parse(stdout) })
    })
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
    options.onStart?.(child)
  })
}

/** A folder that is gone after the test. */
export function tempFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'as-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function cleanEnv(extra: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  for (const name of Object.keys(env)) {
    if (
      /^(AUTHSTACK_|GIT_AUTHOR|GIT_COMMITTER|VITEST|FORCE_COLOR|NO_COLOR|CI$|EMAIL$|NODE_ENV$)/.test(
        name,
      )
    ) {
      delete (env as NodeJS.ProcessEnv)[name]
    }
  }
  return { ...env, ...extra }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
