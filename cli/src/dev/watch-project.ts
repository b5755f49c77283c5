import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a saved file means: only these are watched. */
const WATCHED = /^(?:src|extensions|web)\/|^authstack\.config\.ts$/
const IGNORED = /^web\/dist\/|(?:^|\/)(?:node_modules|\.git)\/|\.test\.tsx?$|~$|\.sw[a-z]$|\.tmp$/
/** An editor writes in several steps; a branch switch in many. */
const QUIET_MS = 60

export type ProjectWatcher = {
  /** Waits for the next changes and answers their paths; empty when the signal aborts. */
  next: (signal: AbortSignal) => Promise<string[]>
  close: () => void
}

/** True when a change of this file, relative to the project, matters to a running server. */
export function isWatched(path: string): boolean {
  return WATCHED.test(path) && !IGNORED.test(path)
}

/** Watches a project's folder from now on; changes between two `next` are kept. */
export function watchProject(project: string): ProjectWatcher {
  const changed = new Set<string>()
  let wake: () => void = () => {}
  const watcher = watch(project, { recursive: true }, (_event, name) => {
    const path = name?.replaceAll('\\', '/')
    if (!path || !isWatched(path)) return
    changed.add(path)
    wake()
  })
  watcher.on('error', () => {}) // a folder that was deleted while it was read
  return {
    async next(signal) {
      if (changed.size === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
      }
      let seen = -1
      while (changed.size !== seen && !signal.aborted) {
        seen = changed.size
        await sleep(QUIET_MS)
      }
      const paths = [...changed].sort()
      changed.clear()
      return signal.aborted ? [] : paths
    },
    close: () => watcher.close(),
  }
}
