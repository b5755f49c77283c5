import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'

/** A server under measurement. */
export type Program = {
  pid: number
  /** What it said in its first line. */
  facts: Record<string, string>
  end(): Promise<void>
}

const startSeconds = 60
/** Servers on one core, this process and its load on the other, PostgreSQL where the kernel puts it. */
const pins = spawnSync('taskset', ['--version']).status === 0 ? ['taskset', '-c', '0'] : []

export const isPinned = pins.length > 0

/** Lets a program run on any core again, as it does where it is used. */
export function unpin({ pid }: Program): void {
  if (!isPinned) return
  const all = `0-${cpus().length - 1}`
  const { status } = spawnSync('taskset', ['--all-tasks', '--pid', '--cpu-list', all, String(pid)])
  if (status !== 0) throw new Error(`taskset could not free process ${pid}`)
}

/** Starts `node <args>` and waits for its first line on stdout, which is JSON, or for `isReady`. */
export async function startProgram(
  args: string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; isReady?: () => Promise<boolean> },
): Promise<Program> {
  const [command, ...rest] = [...pins, process.execPath, ...args] as [string, ...string[]]
  const child = spawn(command, rest, {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...options.env },
    stdio: ['ignore', options.isReady ? 'ignore' : 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const end = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const deadline = Date.now() + startSeconds * 1000
  try {
    const facts = options.isReady
      ? await untilReady(options.isReady, deadline, () => child.exitCode !== null)
      : await firstLine(child.stdout as NodeJS.ReadableStream, ended)
    return { pid: child.pid as number, facts, end }
  } catch (error) {
    await end()
    throw error
  }
}

async function untilReady(
  isReady: () => Promise<boolean>,
  deadline: number,
  hasEnded: () => boolean,
): Promise<Record<string, string>> {
  while (!(await isReady())) {
    if (hasEnded() || Date.now() > deadline) throw new Error('A server did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {}
}

async function firstLine(
  stdout: NodeJS.ReadableStream,
  ended: Promise<void>,
): Promise<Record<string, string>> {
  const lines = createInterface(stdout)
  const line = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then(() => Promise.reject(new Error('A server ended before it was ready'))),
  ])
  return JSON.parse(line)
}

/** CPU that a process has used with all its threads, in seconds (utime + stime, in ticks of 10 ms). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The name, in brackets, may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}
