import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { InterruptedError, UserError } from '../errors.ts'

const LINES_SHOWN = 15

/** Runs npm and throws its last words when it fails. Nothing of it reaches the terminal. */
export async function runNpm(
  args: string[],
  options: { cwd: string; what: string; signal?: AbortSignal },
): Promise<void> {
  const { code, output } = await collect(args, options)
  options.signal?.throwIfAborted()
  if (code === 0) return
  throw new UserError({
    code: 'packaging_failed',
    what: options.what,
    why: shorten(output.trim()) || `npm ended with ${code}`,
    next: [`Run it yourself in the project: npm ${args.join(' ')}`],
  })
}

/** Without stack frames: where in Vite or npm it was thrown helps nobody here. */
function shorten(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) && line.trim())
  return lines.slice(-LINES_SHOWN).join('\n')
}

function collect(
  args: string[],
  { cwd, signal }: { cwd: string; signal?: AbortSignal },
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    // Its own group: Ctrl-C in a terminal goes to us alone, and we end npm with all its children.
    const child = spawn('npm', args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-16_384)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const abort = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGTERM')
      } catch {}
    }
    signal?.addEventListener('abort', abort, { once: true })
    child.on('error', reject)
    child.on('close', (code) => {
      signal?.removeEventListener('abort', abort)
      if (signal?.aborted) reject(new InterruptedError())
      else resolve({ code, output })
    })
  })
}
