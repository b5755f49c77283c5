import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { findFreePort } from '../lib/free-port.ts'
import { readLiveProcess } from '../lib/process-record.ts'
import type { DemoFolder } from './demo-folder.ts'

/** Where `authstack init` supposes the sample app to run. */
const usualPort = 3000

/**
 * The sample app's port, the same from run to run: its origin is in the key's list, so a new port would be a new
 * origin. Chosen once; chosen again only when another program has taken it meanwhile.
 */
export async function keepAppPort(folder: DemoFolder): Promise<number> {
  const kept = readPort(folder.stateFile)
  if (kept !== undefined && readLiveProcess(folder.appProcess)) return kept
  const port = await findFreePort(kept ?? usualPort)
  mkdirSync(dirname(folder.stateFile), { recursive: true })
  writeFileSync(folder.stateFile, `${JSON.stringify({ appPort: port })}\n`)
  return port
}

function readPort(path: string): number | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).appPort
  } catch {
    return undefined
  }
}
