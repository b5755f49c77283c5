import type { DevServer } from './dev-server.ts'
import { rebuildPages } from './rebuild-pages.ts'
import { watchProject } from './watch-project.ts'

export type DevOptions = {
  project: string
  server: DevServer
  /** After each start of the server, ours being the live one. */
  onStarted: () => Promise<void>
  /** One line for the person at the terminal. */
  say: (line: string) => void
  signal: AbortSignal
}

/**
 * Serves the working tree in place of the live version and restarts it at every saved change, until
 * Ctrl-C. Then the version that was live serves again: the instance is as it was.
 */
export async function dev(options: DevOptions): Promise<void> {
  const { project, server, say, signal } = options
  const watcher = watchProject(project)
  try {
    await restart(options, 'Serving your working tree')
    while (!signal.aborted) {
      const changes = await watcher.next(signal)
      if (changes.length === 0) continue
      if (!server.isOurs()) {
        say('A deploy took over; dev ends.')
        return
      }
      if (changes.some((path) => path.startsWith('web/'))) await rebuildPages(project, say, signal)
      const code = changes.filter((path) => !path.startsWith('web/'))
      if (code.length > 0) await restart(options, describe(code))
      if (code.some((path) => path.includes('migrations/'))) {
        say('A migration changed: authstack deploy applies it.')
      }
    }
  } finally {
    watcher.close()
    await server.giveBack()
  }
}

/** A server that does not start is told, not fatal: what served before goes on, and the next save tries again. */
async function restart({ server, onStarted, say }: DevOptions, what: string): Promise<void> {
  const began = Date.now()
  try {
    await server.restart()
    server.takeOver()
    say(`${what}: ready after ${((Date.now() - began) / 1000).toFixed(1)} s`)
    await onStarted()
  } catch (error) {
    const known = error as { what?: string; why?: string; message: string }
    say(`${what}: ${known.what ?? known.message}`)
    if (known.why) say(known.why)
  }
}

function describe(paths: string[]): string {
  const [first = ''] = paths
  return paths.length === 1 ? first : `${first} and ${paths.length - 1} more`
}
