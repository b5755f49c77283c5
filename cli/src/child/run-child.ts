import type { Readable } from 'node:stream'
import { InterruptedError } from '../errors.ts'

export type ChildOptions = {
  cwd: string
  env?: NodeJS.ProcessEnv
  input?: string
  signal?: AbortSignal
  timeoutSeconds?: number
  /** Each line of stdout and stderr as it comes. */
  onLine?: (line: string) => void
}

export type ChildResult = { exitCode: number; stdout: string; stderr: string }

/**
 * Runs a program to its end. A non-zero exit is an answer, not an error; a program that is not
 * there has exitCode 127. Throws InterruptedError when the signal aborts, or when Ctrl-C reached the
 * program first.
 */
export async function runChild(
  command: string,
  args: string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const { execa } = await import('execa')
  const child = execa(command, args, {
    cwd: options.cwd,
    env: options.env,
    extendEnv: options.env === undefined,
    reject: false,
    input: options.input ?? '',
    cancelSignal: options.signal,
    forceKillAfterDelay: 3000,
    timeout: (options.timeoutSeconds ?? 600) * 1000,
    stripFinalNewline: true,
  })
  if (options.onLine) {
    eachLine(child.stdout, options.onLine)
    eachLine(child.stderr, options.onLine)
  }
  const result = await child
  if (options.signal?.aborted || result.signal === 'SIGINT') throw new InterruptedError()
  if (result.code === 'ENOENT')
    return { exitCode: 127, stdout: '', stderr: `${command}: not found` }
  const note = result.timedOut ? `\nstopped after ${options.timeoutSeconds ?? 600} s` : ''
  return {
    exitCode: result.exitCode ?? 1,
    stdout: result.stdout,
    stderr: result.stderr + note,
  }
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}
