import { lstat, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Listen } from '../env.ts'

/**
 * Whether the front sends requests here: `live.sock` beside our own socket leads to it, and is the
 * only record of what is live. A deploy moves that link before the old colour drains, and `dev`
 * leaves the deployed colour alive behind the working tree (whose socket stands behind a link of its
 * own). Without such a link this process is all there is.
 */
export async function isLiveColour(listen: Listen): Promise<boolean> {
  if (!('path' in listen)) return true
  const live = join(dirname(listen.path), 'live.sock')
  if ((await lstat(live).catch(() => null)) === null) return true
  const [target, own] = await Promise.all([live, listen.path].map(resolve))
  return target !== null && target === own
}

async function resolve(path: string): Promise<string | null> {
  return realpath(path).catch(() => null)
}
