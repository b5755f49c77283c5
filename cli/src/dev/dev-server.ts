import { existsSync, lstatSync, realpathSync, rmSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { apiName, startApi, waitForApi } from '../local/api.ts'
import type { ReadyContext } from '../local/context.ts'
import { flipLive, readLive } from '../local/live-link.ts'
import { stopProcess } from '../local/stop-process.ts'
import type { Machine } from '../machine/machine.ts'
import { liveEntry } from '../release/history.ts'
import { otherColour } from '../state/colour.ts'

const READY_EVERY_MS = 20

/** The working tree as a running server on the colour that is idle. */
export type DevServer = {
  restart: () => Promise<void>
  /** From now on the front sends requests here. */
  takeOver: () => void
  /** False when a deploy has switched meanwhile. */
  isOurs: () => boolean
  /** The version that was live serves again, and the working tree's server ends. */
  giveBack: () => Promise<void>
}

/** Prepares the server; nothing is started yet. Call it after a deploy, so all parts are up. */
export function openDevServer(
  context: ReadyContext,
  machine: Machine,
  modules: string | null,
): DevServer {
  const { paths, projectFolder } = context
  const before = readLive(paths)
  const colour = otherColour(before)
  const unlinkModules = linkModules(projectFolder, modules)
  return {
    async restart() {
      // The front holds requests meanwhile: a refused connect is tried again for 5 seconds.
      await stopProcess(paths.run, apiName(colour), { graceSeconds: 1 })
      const record = startApi({ context, colour, folder: projectFolder, version: 'dev' })
      await waitForApi(paths, colour, record, { everyMs: READY_EVERY_MS, signal: context.signal })
    },
    takeOver: () => flipLive(paths, colour),
    isOurs: () => readLive(paths) === colour,
    async giveBack() {
      unlinkModules()
      const version = liveEntry(machine.readHistory())?.version
      if (readLive(paths) === colour && before && version) {
        if (!machine.isCurrent(before, version)) await machine.startColour(before, version)
        flipLive(paths, before)
      }
      if (readLive(paths) !== colour) {
        await stopProcess(paths.run, apiName(colour), { graceSeconds: 2 })
      }
    },
  }
}

/** A project that nobody ran `npm install` in borrows the modules of its release meanwhile. */
function linkModules(project: string, modules: string | null): () => void {
  const link = join(project, 'node_modules')
  if (!modules || existsSync(link)) return () => {}
  rmSync(link, { force: true }) // a link whose target is gone
  symlinkSync(realpathSync(modules), link)
  return () => {
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(link)
  }
}
