import { readlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Listen } from '../env.ts'

/**
 * Whether the front sends requests here: `live.sock` beside our own socket is a link to it, and the
 * only record of what is live. A deploy moves the link before the old colour drains, and `dev` leaves
 * the deployed colour alive behind the working tree. Without such a link this process is all there is.
 */
export async function isLiveColour(listen: Listen): Promise<boolean> {
  if (!('path' in listen)) return true
  const target = await readlink(join(dirname(listen.path), 'live.sock')).catch(() => null)
  return target === null || basename(target) === basename(listen.path)
}
