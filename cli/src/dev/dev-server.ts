import {
  existsSync,
  lstatSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { type ApiSockets, apiName, startApi, waitForApi } from '../local/api.ts'
import type { ReadyContext } from '../local/context.ts'
import { apiSocket, flipLive, readLive } from '../local/live-link.ts'
import { isRunning, readRecord, removeRecord, writeRecord } from '../local/process-record.ts'
import { stopProcess } from '../local/stop-process.ts'
import type { Machine } from '../machine/machine.ts'
import { liveEntry } from '../release/history.ts'
import { otherColour } from '../state/colour.ts'
import { operatorSocket } from '../state/state-paths.ts'

const READY_EVERY_MS = 20

/** The working tree as a running server on the colour that is idle. */
export type DevServer = {
  /** The server of before serves until the new one is ready, and goes on when that does not start. */
  restart: () => Promise<void>
  /** From now on the front sends requests here. Call it only once a start succeeded. */
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
  const name = apiName(colour)
  const oldName = `${name}-old`
  let turn: 1 | 2 = 2
  let hasTakenOver = false
  // One may be left by a dev that was killed.
  let oldEnded = stopProcess(paths.run, oldName, { graceSeconds: 2 })
  const unlinkModules = linkModules(projectFolder, modules)
  const removeSockets = () => {
    const both = [devSockets(paths.folder, 1), devSockets(paths.folder, 2)]
    const links = [apiSocket(paths, colour), operatorSocket(paths, colour)]
    for (const path of [...links, ...both.flatMap(Object.values)]) rmSync(path, { force: true })
  }
  return {
    async restart() {
      turn = turn === 1 ? 2 : 1
      const sockets = devSockets(paths.folder, turn)
      await oldEnded
      const old = readRecord(paths.run, name)
      if (isRunning(old)) writeRecord(paths.run, { ...old, name: oldName })
      const record = startApi({ context, colour, folder: projectFolder, version: 'dev', sockets })
      try {
        const { signal } = context
        await waitForApi(paths, colour, record, {
          everyMs: READY_EVERY_MS,
          signal,
          socket: sockets.api,
        })
      } catch (error) {
        await stopProcess(paths.run, name, { graceSeconds: 1 })
        if (isRunning(old)) writeRecord(paths.run, old)
        removeRecord(paths.run, oldName)
        throw error
      }
      // Each server has sockets of its own: one that ends deletes them by name, and must not hit the next one's.
      relink(sockets.operator, operatorSocket(paths, colour))
      relink(sockets.api, apiSocket(paths, colour))
      oldEnded = stopProcess(paths.run, oldName, { graceSeconds: 2 })
    },
    takeOver() {
      if (!hasTakenOver) flipLive(paths, colour)
      hasTakenOver = true
    },
    isOurs: () => readLive(paths) === (hasTakenOver ? colour : before),
    async giveBack() {
      unlinkModules()
      await oldEnded
      const version = liveEntry(machine.readHistory())?.version
      if (readLive(paths) === colour && before && version) {
        if (!machine.isCurrent(before, version)) await machine.startColour(before, version)
        flipLive(paths, before)
      }
      if (readLive(paths) !== colour) {
        await stopProcess(paths.run, name, { graceSeconds: 2 })
        removeSockets()
      }
    },
  }
}

/** Sockets that two servers of one colour take in turns. No name is longer than a colour's own. */
function devSockets(folder: string, turn: 1 | 2): ApiSockets {
  return {
    api: join(folder, `dev-${turn}.sock`),
    operator: join(folder, `dev-op-${turn}.sock`),
  }
}

/** Makes `link` lead to `socket` in one instant; whoever connects reaches the old or the new server. */
function relink(socket: string, link: string): void {
  const next = `${link}.next`
  rmSync(next, { force: true })
  symlinkSync(basename(socket), next)
  renameSync(next, link)
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
