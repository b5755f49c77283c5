import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Colour, StatePaths } from '../state/state-paths.ts'

/** The socket of one colour's public listener. */
export function apiSocket(paths: StatePaths, colour: Colour): string {
  return join(paths.folder, `api-${colour}.sock`)
}

/** The colour that `live.sock` names; null before the first flip. The link is the only record. */
export function readLive(paths: StatePaths): Colour | null {
  try {
    const match = /^api-([ab])\.sock$/.exec(basename(readlinkSync(paths.liveSocket)))
    return (match?.[1] as Colour) ?? null
  } catch {
    return null
  }
}

/** Points `live.sock` at a colour: a new link, then a rename over the old one. One instant, no gap. */
export function flipLive(paths: StatePaths, colour: Colour): void {
  mkdirSync(dirname(paths.liveSocket), { recursive: true })
  const next = `${paths.liveSocket}.next`
  rmSync(next, { force: true })
  symlinkSync(basename(apiSocket(paths, colour)), next)
  renameSync(next, paths.liveSocket)
}
